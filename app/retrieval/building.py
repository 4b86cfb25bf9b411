"""An index from what is known: learned anew, or brought up to what changed since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.embeddings.encoder import Encoder
from app.knowledge.queries import PublishedVersion
from app.retrieval.corpus import Entry, phrasings_of
from app.retrieval.index import EntryIndex
from app.retrieval.known import Known, difference
from app.retrieval.vectors import VectorCache

AT_ONCE = 1_500  # texts of a FAQ that is learned anew at each change


@dataclass(frozen=True)
class Faq:
    """What is published, as one search sees it."""

    index: EntryIndex
    published: Mapping[int, PublishedVersion]  # by id of the version
    encoder: Encoder  # the only one whose vectors this index understands


@dataclass(frozen=True)
class Built:
    """An index and all that it was made from."""

    known: Known
    faq: Faq
    vectors: VectorCache
    texts: int  # by which entries are found: exact where all was learned, at least so many after changes


def learn(known: Known, encoder: Encoder, folder: Path) -> Built:
    """Learn everything anew: dear where there are many texts, and dearer where they have no vectors yet.

    Vectors are kept in `folder`. Raises `EncoderUnavailable` when some must be made and cannot be.
    """
    return _learned(known, encoder, VectorCache(folder, encoder))


def brought_up(built: Built, known: Known) -> Built:
    """The same index with what changed since: learned anew where that is quick, else at the changes' cost."""
    changes = difference(built.known, known)
    if not (changes.entries or changes.removed or changes.strangers is not None):
        return Built(known, built.faq, built.vectors, built.texts)
    texts = built.texts + count_texts(changes.entries)
    if texts <= AT_ONCE:
        return _learned(known, built.faq.encoder, built.vectors)
    index = built.faq.index.changed(
        changes.entries, changes.removed, built.vectors.vectors, strangers=changes.strangers
    )
    return Built(known, _faq(index, known, built.faq.encoder), built.vectors, texts)


def count_texts(entries: Iterable[Entry]) -> int:
    return sum(len(phrasings_of(entry)) for entry in entries)


def _learned(known: Known, encoder: Encoder, vectors: VectorCache) -> Built:
    entries = known.entries()
    index = EntryIndex.of(
        entries, vectors.vectors, dimensions=encoder.dimensions, strangers=list(known.strangers)
    )
    return Built(known, _faq(index, known, encoder), vectors, count_texts(entries))


def _faq(index: EntryIndex, known: Known, encoder: Encoder) -> Faq:
    return Faq(index, {version.version_id: version for version in known.versions.values()}, encoder)
