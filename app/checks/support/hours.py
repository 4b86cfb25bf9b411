"""Opening hours of a record, and what a sentence makes of them: "Monday to Friday from 9 am to 5 pm"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.checks.fact_words import WEEKDAYS
from app.checks.facts import facts_in

DAY = re.compile(
    r"(?P<day>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?\b|(?P<work>week(?:day|night)s?)\b"
    r"|(?P<end>weekends?)\b|(?P<all>every ?day|daily|all week|(?:seven|7) days)\b"
)
WHOLE_WEEK = tuple(range(7))
SPOKEN = {"work": (0, 1, 2, 3, 4), "end": (5, 6), "all": WHOLE_WEEK}
TO = re.compile(r"\s*(?:to|through|thru|until|till|-|–|—)\s*(?:and\s+)?")  # noqa: RUF001 -- dashes of ranges
AND = re.compile(r"[\s,]*(?:and|&|or)?\s*")
OPENS = re.compile(r"\b(?:open|operat|hours)", re.I)
VARY = re.compile(
    r"hours? (?:\w+ ){0,2}var|varying|extended|longer hours|slightly|different hours|earlier|later", re.I
)
SAYS_HOURS = re.compile(
    r"(?:open|operat\w*) (?:\w+ ){0,3}(?:daily|every|seven|7|from|late|24|monday)|hours (?:of|are|vary)"
    r"|varying|extended hours|weekends|\d ?[ap]\.?m",
    re.I,
)
DAY_MINUTES = 1440
Span = tuple[int, int]  # from and until, in minutes of the day


@dataclass(frozen=True)
class Mark:
    """Days or a time of day, and where they stand in the sentence."""

    start: int
    end: int
    days: tuple[int, ...]  # from Monday, 0; none for a time
    minute: int = 0


@dataclass(frozen=True)
class OpeningHours:
    days: dict[int, Span]

    def features(self, text: str, *, in_record: bool) -> dict[str, float]:
        wrong, right, days = 0.0, 0.0, 0.0
        if self.days:
            marks = list(_marks(text))
            for claimed, span in _claims(marks):
                is_right = self._holds(claimed, span)
                wrong, right = wrong + (not is_right), right + is_right
            days = self._wrong_days(text, marks)
            wrong += bool(VARY.search(text)) and len(self.days) == 7 and len(set(self.days.values())) == 1
        elif in_record:
            wrong = float(bool(SAYS_HOURS.search(text)))
        return {"hours_wrong": wrong, "hours_right": right, "days_wrong": days}

    def _holds(self, claimed: tuple[int, ...], span: Span) -> bool:
        if not claimed:
            return span in self.days.values()
        return all(self.days.get(day) == span for day in claimed)

    def _wrong_days(self, text: str, marks: Sequence[Mark]) -> float:
        claimed = {day for mark in marks for day in mark.days}
        if "closed" not in text.lower():
            return float(bool(OPENS.search(text)) and not claimed <= self.days.keys())
        has_times = any(not mark.days for mark in marks)
        return float(not has_times and bool(claimed & self.days.keys())) / 2


def hours_of(fields: Sequence[tuple[str, ...]]) -> OpeningHours:
    """Fields whose label names a weekday and whose value holds two times."""
    days = {}
    for label, value in fields:
        named = [WEEKDAYS[word] for word in label.lower().split() if word in WEEKDAYS]
        times = [mark.minute for mark in _times(value)]
        if named and len(times) == 2:
            days[named[0]] = (times[0], times[1])
    return OpeningHours(days)


def _marks(text: str) -> Iterator[Mark]:
    """Days and times in their order, ranges and lists of days as one."""
    lower = text.lower()
    named = [Mark(found.start(), found.end(), _days(found)) for found in DAY.finditer(lower)]
    last: Mark | None = None
    for mark in sorted([*named, *_times(text)], key=lambda one: one.start):
        joined = _joined(last, mark, lower) if last else None
        if last and joined is None:
            yield last
        last = joined or mark
    if last:
        yield last


def _times(text: str) -> Iterator[Mark]:
    for fact in facts_in(text):
        minutes = sorted(int(reading[1]) for reading in fact.readings if reading[0] == "time")
        if minutes:
            yield Mark(fact.start, fact.end, (), minutes[0] % DAY_MINUTES)


def _days(found: re.Match[str]) -> tuple[int, ...]:
    kind = found.lastgroup or ""
    return SPOKEN.get(kind) or (next(day for name, day in WEEKDAYS.items() if name.startswith(found["day"])),)


def _joined(first: Mark, second: Mark, text: str) -> Mark | None:
    if not (first.days and len(second.days) == 1):
        return None
    between = text[first.end : second.start]
    if TO.fullmatch(between):
        between_days = (second.days[0] - first.days[-1]) % 7
        days = {*first.days, *((first.days[-1] + step) % 7 for step in range(between_days + 1))}
    elif AND.fullmatch(between):
        days = {*first.days, *second.days}
    else:
        return None
    return Mark(first.start, second.end, tuple(sorted(days)))


def _claims(marks: Sequence[Mark]) -> Iterator[tuple[tuple[int, ...], Span]]:
    """Which days are said to have which hours. All days stand before their hours, or all after them."""
    pairs = list(_paired(marks))
    spans = [one for one in pairs if not isinstance(one, Mark)]
    if pairs and isinstance(pairs[0], Mark):
        days: tuple[int, ...] = ()
        for one in pairs:
            if isinstance(one, Mark):
                days = one.days
            else:
                yield days, one
        return
    for span, following in zip(spans, [*_following(pairs)], strict=True):
        yield following, span


def _paired(marks: Sequence[Mark]) -> Iterator[Mark | Span]:
    """Days, and two times that follow each other as one span. A single time is left out."""
    place = 0
    while place < len(marks):
        mark = marks[place]
        following = marks[place + 1] if place + 1 < len(marks) else None
        if mark.days:
            yield mark
        elif following and not following.days:
            yield mark.minute, following.minute
            place += 1
        place += 1


def _following(pairs: Sequence[Mark | Span]) -> Iterator[tuple[int, ...]]:
    """For each span the days that stand right after it."""
    for place, one in enumerate(pairs):
        if not isinstance(one, Mark):
            after = pairs[place + 1] if place + 1 < len(pairs) else None
            yield after.days if isinstance(after, Mark) else ()
