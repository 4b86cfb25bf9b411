"""An index from what is known: learned anew, or brought up to what changed since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.embeddings.encoder import Encoder
from app.knowledge.queries import PublishedVersion
from app.retrieval.corpus import Entry, phrasings_of
from app.retrieval.encoder_choice import EncoderChoice
from app.retrieval.index import EntryIndex
from app.retrieval.known import Known, difference
from app.retrieval.vectors import VectorCache

AT_ONCE = 600  # texts of a FAQ that is learned anew at each change: that takes about a second


@dataclass(frozen=True)
class Faq:
    """What is published, as one search sees it."""

    index: EntryIndex
    published: Mapping[int, PublishedVersion]  # by id of the version
    encoder: Encoder  # the only one whose vectors this index understands


@dataclass(frozen=True)
class Encoding:
    choice: EncoderChoice
    encoder: Encoder
    vectors: VectorCache


@dataclass(frozen=True)
class Built:
    """An index and all that it was made from."""

    known: Known
    encoding: Encoding
    faq: Faq
    texts: int  # by which entries are found: exact where all was learned, no less after changes


def learn(known: Known, encoding: Encoding) -> Built:
    """Learn everything anew: dear where there are many texts, and dearer where they have no vectors yet.

    Raises `EncoderUnavailable` when some must be made and cannot be.
    """
    encoder, entries = encoding.encoder, known.entries()
    index = EntryIndex.of(
        entries, encoding.vectors.vectors, dimensions=encoder.dimensions, strangers=list(known.strangers)
    )
    return Built(known, encoding, _faq(index, known, encoder), _count_texts(entries))


def brought_up(built: Built, known: Known) -> Built:
    """The same with what changed since: learned anew where that is quick, else at the cost of the changes."""
    changes = difference(built.known, known)
    if changes.is_nothing:
        return replace(built, known=known)
    texts = built.texts + _count_texts(changes.entries)
    if texts <= AT_ONCE:
        return learn(known, built.encoding)
    embed = built.encoding.vectors.vectors
    index = built.faq.index.changed(changes.entries, changes.removed, embed, strangers=changes.strangers)
    return Built(known, built.encoding, _faq(index, known, built.encoding.encoder), texts)


def _count_texts(entries: Iterable[Entry]) -> int:
    return sum(len(phrasings_of(entry)) for entry in entries)


def _faq(index: EntryIndex, known: Known, encoder: Encoder) -> Faq:
    return Faq(index, {version.version_id: version for version in known.versions.values()}, encoder)
