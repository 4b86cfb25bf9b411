"""A post on Bluesky as a reader sees it: plain text and facets in turn, cut at bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]  # from, up to; in bytes of UTF-8


@dataclass(frozen=True)
class Segment:
    text: str
    span: Span | None  # of the facet that it is; None: plain text


def segments(text: str, spans: Sequence[Span]) -> list[Segment]:
    """The text in its order, nothing twice and nothing left out.

    Of two facets that overlap the later one is plain text, as readers of the network show it.
    """
    raw = text.encode("utf-8", "surrogatepass")
    found: list[Segment] = []
    position = 0
    for start, end in sorted(span for span in spans if span[0] <= span[1]):
        if start < position:
            continue
        if start > position:
            found.append(Segment(_cut(raw, position, start), None))
        if end > start:
            shown = _cut(raw, start, end)
            found.append(Segment(shown, (start, end) if shown.strip() else None))
        position = end
    if position < len(raw) or not found:
        found.append(Segment(_cut(raw, position, len(raw)), None))
    return found


def _cut(raw: bytes, start: int, end: int) -> str:
    return raw[start:end].decode("utf-8", "replace")
