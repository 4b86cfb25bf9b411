"""Which parts of a text X turns into links, each of which it shortens and counts as 23.

Linear: every character belongs to one run, and the runs are read once (domains.py). The usual single
expression for this takes seconds on "a.a.a.a" and the like.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.channels.x import link_parts
from app.channels.x.domains import DomainRun, can_be_registered, tld_end


class Link(NamedTuple):
    """One link in a text, from `start` up to but not including `end`."""

    start: int
    end: int


def links_in(text: str) -> list[Link]:
    """The links of a text in their order, with and without http:// or https://."""
    links: list[Link] = []
    position = consumed = 0  # a link needs a character of its own before it, not one of the link before
    while run := link_parts.DOMAIN_RUN.search(text, position):
        position = run.end()
        if "." not in run.group():
            continue
        for start, domain_end, end in _domains(text, run, consumed):
            links += _links_of(text, start, domain_end, end)
            consumed = end
    return links


def _domains(text: str, run: re.Match[str], consumed: int) -> Iterator[tuple[int, int, int]]:
    """Each domain of a run: where its link starts (with the protocol), where it ends, where the link ends."""
    domains = DomainRun(text, run.start(), run.end())
    if domains.is_hopeless:
        return
    first = _protocol_start(text, run.start(), consumed)
    label = 0
    if first is not None and (last := domains.reach[0]) is not None:
        domain_end = domains.labels[last].tld_end
        yield first, domain_end, _link_end(text, domain_end)
        label, consumed = last, domain_end
    while found := domains.next_domain(label, consumed + 1 if consumed else 0):
        start, domain_end, label = found
        consumed = domain_end
        yield start, domain_end, _link_end(text, domain_end)


def _protocol_start(text: str, host_start: int, consumed: int) -> int | None:
    protocol = link_parts.PROTOCOL_BEFORE.search(text, max(consumed, host_start - 8), host_start)
    if protocol is None:
        return None
    start = protocol.start()
    if start == 0 or (start > consumed and link_parts.LINK_START.match(text, start)):
        return start
    return None


def _link_end(text: str, domain_end: int) -> int:
    """Where port, path and query after a domain end."""
    end = domain_end
    if port := link_parts.PORT.match(text, end):
        end = port.end()
    if path := link_parts.PATH.match(text, end):
        end = _trimmed(text, path, link_parts.PATH_END)
    if (query := link_parts.QUERY.match(text, end)) and (
        trimmed := _trimmed(text, query, link_parts.QUERY_END)
    ) > end + 1:
        end = trimmed
    return end


def _trimmed(text: str, part: re.Match[str], ending: re.Pattern[str]) -> int:
    """The end of a part without the punctuation after it, which belongs to the sentence."""
    end = part.end()
    while end > part.start() + 1 and not ending.match(text, end - 1):
        end -= 1
    return end


def _links_of(text: str, start: int, domain_end: int, end: int) -> Iterator[Link]:
    protocol = link_parts.PROTOCOL.match(text, start)
    domain_start = protocol.end() if protocol else start
    if not can_be_registered(text[domain_start:domain_end]):
        return
    if protocol:
        yield from _with_protocol(text, start, end)
    elif start == 0 or text[start - 1] not in "-_./":
        yield from _without_protocol(text, start, domain_end, end)


def _with_protocol(text: str, start: int, end: int) -> Iterator[Link]:
    shortened = link_parts.SHORTENED.match(text, start, end)
    if shortened is None:
        yield Link(start, end)
    elif len(shortened.group(1)) <= link_parts.LONGEST_SLUG:
        query = link_parts.QUERY.match(text, shortened.end(), end)
        trimmed = _trimmed(text, query, link_parts.QUERY_END) if query else 0
        yield Link(start, trimmed if trimmed > shortened.end() + 1 else shortened.end())


def _without_protocol(text: str, start: int, domain_end: int, end: int) -> Iterator[Link]:
    """The parts in Latin letters only, as Chinese or Japanese text runs on without spaces.

    Path and query belong to the last of them.
    """
    if link_parts.ASCII_DOMAIN.fullmatch(text, start, domain_end):
        yield Link(start, end)
        return
    found = list(_latin_domains(text, start, domain_end))
    for index, link in enumerate(found):
        is_last = index == len(found) - 1
        yield Link(link.start, end) if is_last and end > domain_end else link


def _latin_domains(text: str, start: int, end: int) -> Iterator[Link]:
    chain_start = chain_end = -1  # where a row of Latin labels began; the last top-level domain in it
    position = start
    for label in text[start:end].split("."):
        close = position + len(label)
        if chain_start >= 0:
            chain_end = max(chain_end, tld_end(text, position, close))
        if chain_start < 0 or not link_parts.ASCII_LABEL.fullmatch(text, position, close):
            if chain_end >= 0:
                yield Link(chain_start, chain_end)
            chain_start = _latin_tail(text, max(position, chain_end), close)
            chain_end = -1
        position = close + 1
    if chain_end >= 0:
        yield Link(chain_start, chain_end)


def _latin_tail(text: str, start: int, end: int) -> int:
    """Where the Latin letters before `end` begin, or -1 if there are none."""
    position = end
    while position > start and link_parts.ASCII_LABEL.match(text, position - 1, position):
        position -= 1
    return position if position < end else -1
