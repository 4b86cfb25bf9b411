"""Which parts of a post on Bluesky are mentions, links and tags, and where, in bytes of UTF-8.

Bluesky shows a link only where the post names it as a facet. The rules are those of its own clients, so that
a post of ours reads like any other. Every pattern is possessive or bounded: linear time on any text.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

import regex

from app.channels.bluesky.syntax import is_handle
from app.channels.counting import utf8_bytes
from app.channels.x.tlds import TLDS

LONGEST_TAG = 64
TEST_TLD = "test"  # handles of test servers end in it

SPACE = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
HIDDEN = r"\u00ad\u2060\u200a-\u200d\u20e2"  # they end a tag, or one could hide in another
_BEFORE = rf"(?:(?<=[{SPACE}(])|(?<![\s\S]))"

MENTION = regex.compile(rf"{_BEFORE}@([a-zA-Z0-9.-]++)")
LINK = regex.compile(
    rf"{_BEFORE}(?:https?://[^{SPACE}]++|(?P<host>[a-z][a-z0-9]*+(?:\.[a-z0-9]++)++)[^{SPACE}]*+)",
    regex.IGNORECASE,
)
TAG = regex.compile(rf"(?:(?<=[{SPACE}])|(?<![\s\S]))[#\uff03](?!\ufe0f)([^{SPACE}{HIDDEN}]++)")
SAYS_SOMETHING = regex.compile(r"[^0-9\p{P}]")
CASHTAG = regex.compile(rf"{_BEFORE}\$([a-zA-Z][a-zA-Z0-9]{{0,4}})(?=[{SPACE}.,;:!?)\"'\u2019]|(?![\s\S]))")
SENTENCE_MARKS = ".,;:!?"
PUNCTUATION = regex.compile(r"\p{P}")


class FacetKind(StrEnum):
    MENTION = "mention"
    LINK = "link"
    TAG = "tag"


class Facet(NamedTuple):  # thousands in a hostile text, and a tuple is made four times as fast
    """One part of a text, from `byte_start` up to but not including `byte_end` of its UTF-8.

    `value` is the handle, which the network's directory turns into a DID, the address, or the tag.
    """

    byte_start: int
    byte_end: int
    kind: FacetKind
    value: str


class _Found(NamedTuple):
    start: int  # in characters
    end: int
    kind: FacetKind
    value: str


def facets_in(text: str) -> list[Facet]:
    """The facets of a text in their order; none overlaps another."""
    found = sorted((*_mentions(text), *_links(text), *_tags(text)), key=lambda one: one.start)
    facets = []
    position = at_byte = 0
    for start, end, kind, value in found:
        byte_start = at_byte + utf8_bytes(text[position:start])
        at_byte = byte_start + utf8_bytes(text[start:end])
        position = end
        facets.append(Facet(byte_start, at_byte, kind, value))
    return facets


def _mentions(text: str) -> Iterator[_Found]:
    for match in MENTION.finditer(text):
        handle = match[1].rstrip(".-")
        tld = handle.rpartition(".")[2].lower()
        if (tld in TLDS or tld == TEST_TLD) and is_handle(handle):
            yield _Found(match.start(), match.start() + 1 + len(handle), FacetKind.MENTION, handle)


def _links(text: str) -> Iterator[_Found]:
    for match in LINK.finditer(text):
        host = match["host"]
        if host is not None and host.rpartition(".")[2].lower() not in TLDS:
            continue
        shown = match.group().rstrip(SENTENCE_MARKS)
        if shown.endswith(")") and "(" not in shown:
            shown = shown.rstrip(f"){SENTENCE_MARKS}")
        uri = f"https://{shown}" if host is not None else shown
        yield _Found(match.start(), match.start() + len(shown), FacetKind.LINK, uri)


def _tags(text: str) -> Iterator[_Found]:
    for match in TAG.finditer(text):
        tag = _without_marks_after(match[1])
        if SAYS_SOMETHING.search(tag) and len(tag) <= LONGEST_TAG:
            yield _Found(match.start(), match.start() + 1 + len(tag), FacetKind.TAG, tag)
    for match in CASHTAG.finditer(text):
        yield _Found(match.start(), match.end(), FacetKind.TAG, f"${match[1].upper()}")


def _without_marks_after(tag: str) -> str:
    end = len(tag)
    while end and PUNCTUATION.match(tag, end - 1):
        end -= 1
    return tag[:end]
