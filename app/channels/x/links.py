"""Which parts of a text X turns into links, each of which it shortens and counts as 23.

Linear: every character belongs to one run, and the runs are read once (domains.py). The usual single
expression for this takes seconds on "a.a.a.a" and the like.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.channels.x import link_parts
from app.channels.x.domains import (
    DomainRun,
    can_be_registered,
    is_one_domain,
    is_surely_short,
    may_hold_domain,
    pair_domain,
    tld_end,
)
from app.channels.x.tlds import TLDS


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
        found = run.group()
        if "." not in found or not may_hold_domain(found):
            continue
        if _is_plain(text, run, consumed):
            consumed = _link_end(text, position)
            links.append(Link(run.start(), consumed))
            continue
        for start, domain_end, end in _domains(text, run, consumed):
            links += _links_of(text, start, domain_end, end)
            consumed = end
    return links


def _is_plain(text: str, run: re.Match[str], consumed: int) -> bool:
    """Whether the run itself is a link or begins one, as a.com does. Others take a closer look."""
    start, end = run.span()
    name = run.group()
    return (
        (start == 0 or (start > consumed and text[start - 1] not in link_parts.BARS_BEFORE))
        and text[end : end + 1] not in link_parts.BARS_AFTER
        and is_surely_short(name)
        and name[name.rindex(".") + 1 :].lower() in TLDS
        and link_parts.PLAIN_NAME.fullmatch(name) is not None
    )


def _domains(text: str, run: re.Match[str], consumed: int) -> Iterator[tuple[int, int, int]]:
    """Each domain of a run: where its link starts (with the protocol), where it ends, where the link ends."""
    first = _protocol_start(text, run.start(), consumed)
    label = 0
    if run.group().count(".") == 1:
        if pair := pair_domain(text, *run.span(), not_before=consumed + 1 if consumed else 0, protocol=first):
            yield *pair, _link_end(text, pair[1])
        return
    if is_one_domain(text, *run.span()):
        start = first if first is not None else _start_in_first_label(text, run, consumed)
        if start is not None:
            yield start, run.end(), _link_end(text, run.end())
            return
    domains = DomainRun(text, run.start(), run.end())
    if first is not None and (last := domains.reach[0]) is not None:
        domain_end = domains.labels[last].tld_end
        yield first, domain_end, _link_end(text, domain_end)
        label, consumed = last, domain_end
    while found := domains.next_domain(label, consumed + 1 if consumed else 0):
        start, domain_end, label = found
        consumed = domain_end
        yield start, domain_end, _link_end(text, domain_end)


def _start_in_first_label(text: str, run: re.Match[str], consumed: int) -> int | None:
    position = max(run.start(), consumed + 1 if consumed else 0)
    found = link_parts.LINK_START.search(text, position, text.index(".", run.start()))
    return found.start() if found else None


def _protocol_start(text: str, host_start: int, consumed: int) -> int | None:
    if text[host_start - 1 : host_start] != "/":
        return None
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
    if text[end : end + 1] not in link_parts.PART_OPENINGS:
        return end
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


def _links_of(text: str, start: int, domain_end: int, end: int) -> list[Link]:
    protocol = link_parts.PROTOCOL.match(text, start)
    domain_start = protocol.end() if protocol else start
    if not can_be_registered(text[domain_start:domain_end]):
        return []
    if protocol:
        return _with_protocol(text, start, end)
    if start and text[start - 1] in "-_./":
        return []
    return _without_protocol(text, start, domain_end, end)


def _with_protocol(text: str, start: int, end: int) -> list[Link]:
    shortened = link_parts.SHORTENED.match(text, start, end)
    if shortened is None:
        return [Link(start, end)]
    if len(shortened.group(1)) > link_parts.LONGEST_SLUG:
        return []
    query = link_parts.QUERY.match(text, shortened.end(), end)
    trimmed = _trimmed(text, query, link_parts.QUERY_END) if query else 0
    return [Link(start, trimmed if trimmed > shortened.end() + 1 else shortened.end())]


def _without_protocol(text: str, start: int, domain_end: int, end: int) -> list[Link]:
    """The parts in Latin letters only, as Chinese or Japanese text runs on without spaces.

    Path and query belong to the last of them.
    """
    if link_parts.LATIN_DOMAIN.fullmatch(text, start, domain_end):
        return [Link(start, end)]
    found = list(_latin_domains(text, start, domain_end))
    if found and end > domain_end:
        found[-1] = Link(found[-1].start, end)
    return found


def _latin_domains(text: str, start: int, end: int) -> Iterator[Link]:
    chain_start = chain_end = -1  # where a row of Latin labels began; the last top-level domain in it
    position = start
    for label in text[start:end].split("."):
        close = position + len(label)
        if chain_start >= 0:
            chain_end = max(chain_end, tld_end(text, position, close))
        if chain_start < 0 or not link_parts.LATIN_LABEL.fullmatch(text, position, close):
            if chain_end >= 0:
                yield Link(chain_start, chain_end)
            chain_start = _latin_tail(text, max(position, chain_end), close)
            chain_end = -1
        position = close + 1
    if chain_end >= 0:
        yield Link(chain_start, chain_end)


def _latin_tail(text: str, start: int, end: int) -> int:
    """Where the Latin letters before `end` begin, or -1 if there are none."""
    if link_parts.LATIN_LABEL.fullmatch(text, start, end):
        return start
    position = end
    while position > start and link_parts.LATIN_LABEL.match(text, position - 1, position):
        position -= 1
    return position if position < end else -1
