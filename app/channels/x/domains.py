"""Domain names as X recognises them within a run of characters, in linear time."""

import re
from functools import lru_cache
from typing import NamedTuple

from app.channels.normalising import normalise
from app.channels.x.link_parts import AFTER_TLD, ASCII_WORD, LINK_START, PUNYCODE
from app.channels.x.punycode import punycode_length
from app.channels.x.tlds import LONGEST_UNICODE_TLD, TLD_STARTS, TLDS, UNICODE_TLD_STARTS, UNICODE_TLDS

LONGEST_LABEL = 63  # of the encoded form, RFC 1035
LONGEST_DOMAIN = 4096
SURELY_SHORT = 9  # so few letters never encode to more than 63
LABEL_DOTS = re.compile("[.\u3002\uff0e\uff61]")  # IDNA reads the ideographic dots as dots
UNTIDY = re.compile(r"_|(?:\A|\.)-|-(?:\.|\Z)")  # keeps a run from being one name with all its labels


class Label(NamedTuple):  # thousands in a hostile text, and a tuple is made four times as fast
    """What stands between two dots of a run; `tld_end` is where a top-level domain at its start ends."""

    start: int
    end: int
    opens_well: bool  # does not begin with - or _
    closes_well: bool
    last_underscore: int  # -1 if there is none
    tld_end: int  # -1 if none starts here


class DomainRun:
    """One run of labels and how far a domain name reaches from each.

    A domain name is as many labels as possible, the last but one without an underscore, then a top-level
    domain. Reading the labels once from the right answers that for every beginning at once.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.labels = _labels(text, start, end)
        self.reach: list[int | None] = [None] * (len(self.labels) + 1)
        for index in range(len(self.labels) - 2, -1, -1):
            label = self.labels[index]
            if label.opens_well:
                self.reach[index] = self._reach_from(index, label.start)

    def _reach_from(self, index: int, start: int) -> int | None:
        """The index of the label with the top-level domain, if a name begins at `start` within this label."""
        label = self.labels[index]
        if not label.closes_well or index + 1 >= len(self.labels):
            return None
        further = self.reach[index + 1]
        if further is not None:
            return further
        ends_here = self.labels[index + 1].tld_end >= 0 and start > label.last_underscore
        return index + 1 if ends_here else None

    def next_domain(self, index: int, not_before: int) -> tuple[int, int, int] | None:
        """Start, end and last label of the first domain name from this label on, at or after `not_before`."""
        while index + 1 < len(self.labels):
            label = self.labels[index]
            position = max(label.start, not_before)
            if self._reach_from(index, label.end) is not None:
                if self.reach[index + 1] is None:
                    position = max(position, label.last_underscore + 1)
                found = LINK_START.search(self.text, position, label.end)
                last = self._reach_from(index, found.start()) if found else None
                if found and last is not None:
                    return found.start(), self.labels[last].tld_end, last
            index += 1
        return None


def may_hold_domain(run: str) -> bool:
    """Whether any label but the first begins like a top-level domain. Most runs fail here."""
    return not TLD_STARTS.isdisjoint([label[:2] for label in run.lower().split(".")[1:]])


def is_one_domain(text: str, start: int, end: int) -> bool:
    """Whether the whole run is a domain name as it stands."""
    run = text[start:end]
    return UNTIDY.search(run) is None and tld_end(text, start + run.rindex(".") + 1, end) == end


def pair_domain(
    text: str, start: int, end: int, *, not_before: int, protocol: int | None
) -> tuple[int, int] | None:
    """Start and end of the domain name in a run of two labels: the same as `DomainRun`, without its cost."""
    dot = text.index(".", start)
    if text[dot - 1] in "-_" or (domain_end := tld_end(text, dot + 1, end)) < 0:
        return None
    after_underscore = text.rfind("_", start, dot) + 1
    if protocol is not None and not after_underscore and text[start] != "-":
        return protocol, domain_end
    found = LINK_START.search(text, max(start, not_before, after_underscore), dot)
    return (found.start(), domain_end) if found else None


def _labels(text: str, start: int, end: int) -> list[Label]:
    labels = []
    position = start
    for piece in text[start:end].split("."):
        close = position + len(piece)
        ends_at = -1
        if position > start and piece[:2].lower() in TLD_STARTS:
            ends_at = tld_end(text, position, close)
        last_underscore = text.rfind("_", position, close) if "_" in piece else -1
        opens_well, closes_well = piece[0] not in "-_", piece[-1] not in "-_"
        labels.append(Label(position, close, opens_well, closes_well, last_underscore, ends_at))
        position = close + 1
    return labels


def tld_end(text: str, start: int, end: int) -> int:
    """Where the top-level domain that begins at `start` ends, or -1."""
    find = _tld_length if end - start <= LONGEST_LABEL else _tld_length.__wrapped__
    length = find(text[start:end], text[end : end + 1])
    return start + length if length > 0 else -1


@lru_cache(maxsize=4096)
def _tld_length(label: str, after: str) -> int:
    """How long the top-level domain at the start of a label is, with the character after the label; or 0.

    Labels are much the same in all texts, so they are remembered.
    """
    word = ASCII_WORD.match(label)
    if word and word.group().lower() in TLDS and AFTER_TLD.match(label + after, word.end()):
        return word.end()
    if encoded := PUNYCODE.match(label):
        return encoded.end()
    if label[:2] not in UNICODE_TLD_STARTS:
        return 0
    for length in range(min(LONGEST_UNICODE_TLD, len(label)), 1, -1):
        if label[:length] in UNICODE_TLDS and AFTER_TLD.match(label + after, length):
            return length
    return 0


def can_be_registered(domain: str) -> bool:
    """Whether each label, encoded for the DNS, keeps within its 63 characters."""
    if is_surely_short(domain):
        return True
    if len(domain) > LONGEST_DOMAIN:
        return False
    if "xn--" not in domain.lower() and max(map(len, LABEL_DOTS.split(domain))) <= SURELY_SHORT:
        return True
    return all(_fits(label) for label in LABEL_DOTS.split(domain))


def is_surely_short(domain: str) -> bool:
    """Told without encoding anything."""
    if domain.isascii():
        return len(domain) <= LONGEST_LABEL
    return len(domain) <= SURELY_SHORT and "xn--" not in domain.lower()


def _fits(label: str) -> bool:
    if label.isascii() or len(label) <= SURELY_SHORT or len(label) > LONGEST_LABEL:
        return len(label) <= LONGEST_LABEL and (label.isascii() or not label.lower().startswith("xn--"))
    if label.lower().startswith("xn--"):
        return False
    return len("xn--") + punycode_length(normalise("NFKC", label.lower())) <= LONGEST_LABEL
