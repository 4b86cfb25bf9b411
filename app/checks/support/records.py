"""Sources that are records, a field a line ("WiFi: no"), and where a sentence says otherwise.

A field is mentioned where its words stand in one clause; whether that denies it is held against its value.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from app.checks.support.hours import OpeningHours, hours_of
from app.checks.support.words import stem, words_of

FIELD = re.compile(r"([A-Za-z][\w &']{0,60}): (.{1,300})")
CLAUSE = re.compile(r"[,;:()]|\b(?:but|while|although|however|though)\b")
DENIAL = re.compile(
    r"\b(?:no|not|never|without|lack\w*|unavailable|nor|neither|cannot|none)\b|n['\u2019]t\b", re.I
)
NEW_VERB = re.compile(
    r"\b(?:is|are|has|have|offers?|provides?|accepts?|takes?|features?|includes?|serves?|allows?|with)\b",
    re.I,
)
SILENCE = re.compile(
    r"not (?:specif\w+|mention\w*|stated|provided? (?:any )?info\w*|known|clear|listed)"
    r"|no information|unknown",
    re.I,
)
SAYS_NOTHING = frozenset(["restaurants", "business", "good", "for", "is", "has"])  # of what a field is about
MOODS = "ambience"  # its values are adjectives: "romantic" needs no "ambience" beside it
FEWEST_FIELDS = 3  # from here on a source is a record
FEWEST_IN_A_GROUP = 3
KEY = 6  # letters: reserve and reservations


class Says(Enum):
    YES = "yes"
    NO = "no"
    NOTHING = "nothing"


VALUES = {
    **dict.fromkeys(("yes", "free", "true", "paid"), Says.YES),
    **dict.fromkeys(("no", "none", "false"), Says.NO),
    "not stated": Says.NOTHING,
}


@dataclass(frozen=True)
class Field:
    keys: tuple[str, ...]  # all stand in the clause that mentions it
    beside: tuple[str, ...]  # stand in the sentence
    unless: tuple[str, ...]  # none of them stands in the sentence
    says: Says


@dataclass(frozen=True)
class Record:
    fields: tuple[Field, ...]
    hours: OpeningHours

    @property
    def is_one(self) -> bool:
        return len(self.fields) + len(self.hours.days) >= FEWEST_FIELDS


@dataclass(frozen=True)
class Clause:
    keys: frozenset[str]
    denies: bool


@lru_cache(maxsize=256)
def read_record(lines: tuple[str, ...]) -> Record:
    found = [match.groups() for line in lines if (match := FIELD.fullmatch(line))]
    groups: dict[tuple[str, ...], list[tuple[str, Says]]] = defaultdict(list)
    for label, value in found:
        words = [word for word in label.lower().split() if word not in SAYS_NOTHING]
        if words and (says := VALUES.get(value.lower().strip())):
            groups[tuple(words[:-1])].append((words[-1], says))
    fields = tuple(field for group, items in groups.items() for field in _fields(group, items))
    return Record(fields, hours_of(found))


def record_features(text: str, record: Record) -> dict[str, float]:
    """How many fields a sentence contradicts, claims though the record is silent, and repeats rightly."""
    counts = dict.fromkeys(("wrongly_yes", "wrongly_no", "unstated_yes", "unstated_no", "field_right"), 0.0)
    if record.is_one:
        for name in _judged(text, record):
            counts[name] += 1
    return {**counts, **record.hours.features(text, in_record=record.is_one)}


def _fields(group: tuple[str, ...], items: Sequence[tuple[str, Says]]) -> Iterator[Field]:
    if not group or len(items) < FEWEST_IN_A_GROUP:
        yield from (Field(tuple(map(_key, (*group, item))), (), (), says) for item, says in items)
    elif group == (MOODS,):
        yield from (Field((stem(item),), (), (), says) for item, says in items)
    else:
        keys, names = tuple(map(_key, group)), tuple(_key(item) for item, _ in items)
        yield from (Field((_key(item),), keys, (), says) for item, says in items)
        yield Field(keys, (), names, Says.YES if any(says is Says.YES for _, says in items) else Says.NO)


def _judged(text: str, record: Record) -> Iterator[str]:
    clauses = list(_clauses(text))
    around = frozenset[str]().union(*(clause.keys for clause in clauses))
    is_silent = bool(SILENCE.search(text))
    for clause in clauses:
        for field in record.fields:
            if _mentions(clause, field, around):
                yield _judgement(field.says, denies=clause.denies, is_silent=is_silent)


def _mentions(clause: Clause, field: Field, around: frozenset[str]) -> bool:
    stands = clause.keys.issuperset(field.keys) or "".join(field.keys)[:KEY] in clause.keys
    return stands and around.issuperset(field.beside) and around.isdisjoint(field.unless)


def _judgement(says: Says, *, denies: bool, is_silent: bool) -> str:
    if is_silent:
        return "field_right" if says is Says.NOTHING else "wrongly_no"
    if says is Says.NOTHING:
        return "unstated_no" if denies else "unstated_yes"
    if (says is Says.NO) == denies:
        return "field_right"
    return "wrongly_no" if denies else "wrongly_yes"


def _clauses(text: str) -> Iterator[Clause]:
    """What stands before and after a "no"; it reaches over commas until a new verb."""
    is_denied = False
    for piece in CLAUSE.split(text):
        denial = DENIAL.search(piece)
        if denial is None and NEW_VERB.search(piece):
            is_denied = False
        start = 0 if is_denied else denial.start() if denial else len(piece)
        is_denied = is_denied or denial is not None
        yield Clause(_keys(piece[:start]), denies=False)
        yield Clause(_keys(piece[start:]), denies=True)


def _keys(text: str) -> frozenset[str]:
    words = words_of(text)
    joined = frozenset(_key(one + other) for one, other in pairwise(words.words))
    return joined | frozenset(words.stems) | frozenset(one[:KEY] for one in words.stems)


def _key(word: str) -> str:
    return stem(word)[:KEY]
