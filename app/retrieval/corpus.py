"""What can be found: entries, and the texts by which each is found."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# Articles are read in pieces: whole, they are longer than the encoder reads (256 tokens), and one sentence of
# them answers. On 173 articles pieces of 60 words found more than pieces of 40 or 100.
PASSAGE_WORDS = 60
PASSAGE_OVERLAP = 20
LONG_BODY_WORDS = 80  # shorter answers say little that the question does not
MOST_PASSAGES = 200  # of one entry


class Kind(StrEnum):
    TITLE = "title"
    EXAMPLE = "example"
    CONFIRMED = "confirmed"  # a customer's words that a person said are about this entry
    PASSAGE = "passage"  # of the answer itself


@dataclass(frozen=True)
class Entry:
    """One thing that can be found. The index keeps it and never looks at anything else."""

    key: str
    title: str
    examples: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    body: str = ""  # the answer
    subject: str = ""  # the place or product it is about, where a corpus asks the same of many
    version_id: int = 0  # of the published version; 0 outside the database
    number: int = 0


@dataclass(frozen=True)
class Phrasing:
    text: str  # as a person reads it
    kind: Kind
    encoded: str  # as the encoder reads it


def phrasings_of(entry: Entry) -> list[Phrasing]:
    """The texts an entry is found by, each once. Never empty."""
    texts: dict[str, Kind] = {entry.title: Kind.TITLE}
    for text in entry.examples:
        texts.setdefault(text, Kind.EXAMPLE)
    for text in entry.confirmed:
        texts.setdefault(text, Kind.CONFIRMED)
    own = [Phrasing(text, kind, text) for text, kind in texts.items()]
    return own + [Phrasing(text, Kind.PASSAGE, f"{entry.title}. {text}") for text in passages_of(entry.body)]


def passages_of(body: str) -> list[str]:
    """A long text in pieces that overlap; of a short one none."""
    words = body.split()
    if len(words) < LONG_BODY_WORDS:
        return []
    return list(_pieces(words))[:MOST_PASSAGES]


def _pieces(words: list[str]) -> Iterator[str]:
    for start in range(0, len(words) - PASSAGE_OVERLAP, PASSAGE_WORDS - PASSAGE_OVERLAP):
        yield " ".join(words[start : start + PASSAGE_WORDS])
