"""A reply beside its sources, as the numbers that the weights were fitted to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from app.checks.support.courtesy import states_something
from app.checks.support.features import lexical_features
from app.checks.support.meaning import (
    Meanings,
    can_read,
    difference,
    meaning_features,
    read_meanings,
)
from app.checks.support.records import Record, read_record, record_features
from app.checks.support.sources import Sources, read_sources, split_sentences
from app.checks.support.words import words_of
from app.embeddings.encoder import Encoder

Row = NDArray[np.float64]

SHORT = 150  # words of all sources: an approved answer rather than an article
MOST_STATEMENTS = 64  # of a reply, from which on the encoder would take too long
LONG_REPLY = 400  # characters
LONGEST_QUESTION = 20  # words of a source that is the question


class Kind(StrEnum):
    """What a reply looks like beside its sources. Each is judged in a way of its own."""

    ANSWER = "answer"  # short sources
    PROSE = "prose"  # long ones, of which the reply takes a part
    ARTICLE = "article"  # long ones, which a long reply sums up
    RECORD = "record"  # fields and values


@dataclass(frozen=True)
class Statement:
    text: str
    row: Row  # its features
    difference: Row | None = None  # from the sources, by meaning; None where it was read by words alone


@dataclass(frozen=True)
class Document:
    """The statements of a reply. Without any there is nothing to support."""

    kind: Kind
    sources: Sources
    statements: tuple[Statement, ...]
    difference: Row | None  # None where it was read by words alone


def read_document(
    text: str, sources: tuple[str, ...], *, encoder: Encoder | None = None, approved: Sequence[str] = ()
) -> Document:
    """The reply taken apart. The encoder is asked beside short sources only: long ones gain nothing."""
    read = read_sources(sources)
    record = read_record(tuple(one.text for one in read.sentences))
    stating = [one for one in split_sentences(text) if states_something(one, approved=approved)]
    kind = _kind(text, sources, read, record)
    statements = [Statement(one, _lexical(one, read, record)) for one in stating]
    apart: Row | None = None
    is_short = kind is Kind.ANSWER and 0 < len(stating) <= MOST_STATEMENTS
    if is_short and read.sentences and encoder and can_read(encoder):
        meanings = read_meanings(encoder, sources)
        statements = _with_meaning(statements, read, encoder, meanings)
        apart = _whole_difference(statements, encoder, meanings)
    return Document(kind, read, tuple(statements), apart)


def document_row(document: Document) -> Row:
    """Mean, largest and smallest of the statements' features, how many there are, and the difference."""
    rows = np.array([statement.row for statement in document.statements])
    row = np.concatenate([rows.mean(0), rows.max(0), rows.min(0), [np.log1p(len(rows))]])
    return row if document.difference is None else np.concatenate([row, document.difference])


def alone(document: Document, statement: Statement) -> Document:
    """The reply as if it were that statement only."""
    return replace(document, statements=(statement,), difference=statement.difference)


def _kind(text: str, texts: Sequence[str], sources: Sources, record: Record) -> Kind:
    if record.is_one:
        return Kind.RECORD
    if sources.length <= SHORT:
        return Kind.ANSWER
    has_question = any(len(one.split()) <= LONGEST_QUESTION for one in texts)
    return Kind.PROSE if has_question or len(text) <= LONG_REPLY else Kind.ARTICLE


def _lexical(sentence: str, sources: Sources, record: Record) -> Row:
    found = {**lexical_features(words_of(sentence), sources), **record_features(sentence, record)}
    return np.array(list(found.values()))


def _with_meaning(
    statements: Sequence[Statement], sources: Sources, encoder: Encoder, meanings: Meanings
) -> list[Statement]:
    vectors = encoder.encode_whole([statement.text for statement in statements])
    found = []
    for statement, vector in zip(statements, vectors, strict=True):
        meant = meaning_features(words_of(statement.text), vector, sources, meanings)
        row = np.append(statement.row, list(meant.values()))
        found.append(Statement(statement.text, row, difference(vector, meanings)))
    return found


def _whole_difference(statements: Sequence[Statement], encoder: Encoder, meanings: Meanings) -> Row | None:
    if len(statements) == 1:
        return statements[0].difference
    together = " ".join(statement.text for statement in statements)
    return difference(encoder.encode_whole([together])[0], meanings)
