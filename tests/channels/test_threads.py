"""A text in several posts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.channels.rules import measure
from app.channels.threads import MOST_POSTS, CannotBeSplit, split_into_posts

LONG = "Bikes travel on every boat for 4.50 pounds. Book at https://skerryline.com/bikes?from=x. Thank you."


def fits_30(text: str) -> bool:
    return measure("x", text).length <= 30


def test_a_text_that_fits_stays_one_post() -> None:
    assert split_into_posts("Bikes are welcome.", fits=fits_30, numbered=True) == ("Bikes are welcome.",)


def test_posts_end_where_sentences_end() -> None:
    posts = split_into_posts(LONG, fits=lambda text: measure("x", text).length <= 48)

    assert posts == (
        "Bikes travel on every boat for 4.50 pounds.",
        "Book at https://skerryline.com/bikes?from=x. Thank you.",
    )


def test_numbers_are_counted_in() -> None:
    def fits(text: str) -> bool:
        return len(text) <= 20

    posts = split_into_posts("One is long. Two is too. Three is.", fits=fits, numbered=True)

    assert posts == ("One is long. 1/3", "Two is too. 2/3", "Three is. 3/3")


def test_a_sentence_that_is_too_long_for_a_post_is_never_cut() -> None:
    with pytest.raises(CannotBeSplit, match="This sentence alone is too long"):
        split_into_posts(f"Yes. {'Bikes ' * 20}", fits=fits_30)


def test_a_thread_without_end_is_refused() -> None:
    with pytest.raises(CannotBeSplit, match=f"at most {MOST_POSTS}"):
        split_into_posts("So it is here then. " * (MOST_POSTS + 1), fits=fits_30)


@given(st.lists(st.sampled_from(["Yes. ", "It is 4.50. ", "See https://a.co/b. ", "Ask us!\n"]), min_size=1))
def test_nothing_is_lost_and_every_post_fits(sentences: list[str]) -> None:
    text = "".join(sentences[:40]).strip()

    posts = split_into_posts(text, fits=fits_30)

    assert " ".join(posts).split() == text.split()
    assert [post for post in posts if not fits_30(post)] == []
