"""Where a text may be cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.channels.sentence_ends import sentence_pieces


@pytest.mark.parametrize(
    "pieces",
    [
        ["The boat leaves at 9.30. ", "Tickets cost £5.50! ", "See https://a.com/x. ", "Thanks."],
        ["We open at 9 a.m. on Monday. ", "E.g. Dr. Smith is here. ", "No. 5 is late."],
        ["Steps:\n", "1. Open the app.\n", "2. Tap it.\n\n", "Thanks"],
        ["Wir helfen z. B. am Hafen. ", "Bis bald!"],
        ["船は出ます。", "よろしく。"],
        ['Ask "why?" ', "Then go."],
        ["It is 5. 3 are left. ", "Go on."],  # not clear that a sentence ends, so none does
    ],
)
def test_a_text_falls_into_its_sentences(pieces: list[str]) -> None:
    assert sentence_pieces("".join(pieces)) == pieces


@given(st.text(st.sampled_from('aA1. !?\n。)"')))
def test_the_pieces_are_the_text_again(text: str) -> None:
    assert "".join(sentence_pieces(text)) == text
