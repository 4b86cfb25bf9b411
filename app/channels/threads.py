"""One text as several posts that answer one another, cut after whole sentences.

Nothing posts threads yet: this says what would be posted, so that it can be shown and signed. An account
cannot ask for it before delivery can do it (account_limits.py).
"""

from collections.abc import Callable

from app.channels.sentence_ends import sentence_pieces

MOST_POSTS = 25  # more is no answer any more, on any network


class CannotBeSplit(Exception):
    """A sentence alone is too long for one post, or the text too long for a thread."""


def split_into_posts(text: str, *, fits: Callable[[str], bool], numbered: bool = False) -> tuple[str, ...]:
    """The posts in their order, each as it would be posted; one where the whole text fits.

    `numbered` adds "1/3" to each of several posts, and counts it in. Raises `CannotBeSplit`.
    """
    if fits(text):
        return (text,)
    posts = _filled(sentence_pieces(text), fits=_with_room(fits, numbered=numbered))
    if len(posts) > MOST_POSTS:
        raise CannotBeSplit(f"It would take {len(posts)} posts; a thread has at most {MOST_POSTS}.")
    if not numbered:
        return posts
    return tuple(_numbered(post, place, len(posts)) for place, post in enumerate(posts, start=1))


def _with_room(fits: Callable[[str], bool], *, numbered: bool) -> Callable[[str], bool]:
    """Room for the widest number there may be, so that numbering never makes a post too long."""
    return (lambda post: fits(_numbered(post, MOST_POSTS, MOST_POSTS))) if numbered else fits


def _filled(pieces: list[str], *, fits: Callable[[str], bool]) -> tuple[str, ...]:
    posts: list[str] = []
    filling = ""
    for piece in pieces:
        if not filling or fits((filling + piece).strip()):
            filling += piece
        else:
            posts.append(filling.strip())
            filling = piece
    posts.append(filling.strip())
    if too_long := [post for post in posts if not fits(post)]:
        raise CannotBeSplit(f"This sentence alone is too long for one post: {too_long[0][:80]}")
    return tuple(posts)


def _numbered(post: str, place: int, of: int) -> str:
    return f"{post} {place}/{of}"
