"""No text stops the detectors or makes them slow, and places lead back to the original."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.privacy.detecting import private_spans

LENGTH = 25_000
# The slowest took 0.11 s on a machine six times overloaded; a quadratic detector takes seconds.
MOST_SECONDS = 0.4


@pytest.mark.parametrize(
    "piece",
    [
        "4111 ",
        "4 ",
        "0 ",
        "01 ",
        "+49 171 ",
        "DE89 3704 0044 0532 0130 00 ",
        "DE89",
        "1.1.1.1 ",
        "a@b.",
        "a at b dot ",
        "anna (at) ",
        "tel 1 ",
        "order 12345",
        "123-45-6789 ",
        "SW1A 1AA ",
        "12 Main ",
        "1 Rue de ",
        "Haupt Straße 1 ",
        "my name is A ",
        "Dr. ",
        "thanks\n",
        "a:",
        "A1-",
        "geb 1.1.2000 ",
        "\uff11",
        "\u200b",
        "\ufdfa",
        "\u0301",
        "⟦EMAIL_1",
    ],
)
def test_a_long_hostile_text_is_read_in_linear_time(piece: str) -> None:
    text = (piece * LENGTH)[:LENGTH]
    private_spans(text[:200])  # numbering plans are read on first use
    tries = []
    for _ in range(3):
        started = process_time()
        private_spans(text)
        tries.append(process_time() - started)

    assert min(tries) < MOST_SECONDS


@given(st.text(st.characters(exclude_categories=[])))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    said = f"{text}4111 1111 1111 1111{text} a@b.example {text}"
    spans = private_spans(said)

    assert all(0 <= span.start < span.end <= len(said) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
