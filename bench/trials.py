"""`python -m bench.trials`: ways of matching that were tried, beside the one that was taken.

Reads the development files of ../shared/data. docs/decisions/matching.md says what follows from the figures.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from app.embeddings.encoder import get_encoder
from app.evaluation.faq_files import read_faq_set
from app.evaluation.metrics import auroc
from app.retrieval.corpus import phrasings_of
from app.retrieval.head import Places, fit_head
from app.retrieval.lexical import LetterStatistics, WordIndex, WordStatistics
from app.retrieval.scoring import MIXES
from app.retrieval.views import Floats, Mix, Views, centred, shared_letters

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "faq_match"
SETS = ("banking77", "clinc150", "hint3_curekart", "hint3_powerplay11", "hint3_sofmattress")
SHRINKAGES = (0.3, 0.5, 0.7)  # of the within-entry covariance towards a multiple of the identity
RANK_CONSTANT = 60  # of reciprocal rank fusion


@dataclass(frozen=True)
class Ground:
    """One set, encoded. `asked` are the questions, `gold` their entries, -1 where none answers."""

    texts: list[str]
    points: Views
    owners: Places
    asked: Views
    words: Floats  # [questions, phrasings]
    gold: Places

    @property
    def entries(self) -> int:
        return int(self.owners.max()) + 1

    def best_of_entries(self, scores: Floats) -> Floats:
        starts = np.searchsorted(self.owners, np.arange(self.entries))
        return np.maximum.reduceat(scores, starts, axis=1)


def ground(name: str) -> Ground:
    one = read_faq_set(SHARED / f"{name}_faq.jsonl", SHARED / f"{name}_queries.jsonl")
    phrasings = [[phrasing.text for phrasing in phrasings_of(entry)] for entry in one.entries]
    texts = [text for own in phrasings for text in own]
    asked = [case.text for case in one.cases]
    places = {entry.key: place for place, entry in enumerate(one.entries)}
    encoder, letters = get_encoder(), LetterStatistics(texts)
    wholes = [encoder.encode_whole(some) for some in (texts, asked)]
    width = encoder.dimensions
    centre = wholes[0][:, width:].mean(axis=0)
    points, questions = (
        Views(whole[:, :width], centred(whole[:, width:], centre), letters.rows(some))
        for whole, some in zip(wholes, (texts, asked), strict=True)
    )
    index = WordIndex(WordStatistics(texts), texts)
    gold = [places[next(iter(case.gold))] if case.in_scope else -1 for case in one.cases]
    return Ground(
        texts,
        points,
        np.repeat(np.arange(len(phrasings)), [len(own) for own in phrasings]),
        questions,
        np.stack([index.scores(text) for text in asked]),
        np.array(gold, dtype=np.intp),
    )


def ways() -> Iterator[tuple[str, Callable[[Ground], Floats]]]:
    """Each gives a score for every question and entry."""
    yield "nearest phrasing", _nearest
    yield "shared words (BM25)", lambda one: one.best_of_entries(one.words)
    yield "shared letters", _letters
    yield "nearest and words by rank", lambda one: _by_rank(_nearest(one), one.best_of_entries(one.words))
    yield "0.8 nearest + 0.2 words", lambda one: 0.8 * _nearest(one) + 0.2 * one.best_of_entries(one.words)
    yield "nearest + 0.2 letters", lambda one: _nearest(one) + 0.2 * _letters(one)
    yield "centroid", _centroid
    yield "nearest + centroid", lambda one: _nearest(one) + _centroid(one)
    for shrinkage in SHRINKAGES:
        yield f"whitened centroid, shrinkage {shrinkage}", lambda one, s=shrinkage: _whitened(one, s)
    yield "ridge, linear", lambda one: _head(one, Mix(1.0, 0.0, 0.0, 0.05))
    for mix in MIXES:
        yield _name(mix), lambda one, mix=mix: _head(one, mix)
    yield "inner layers alone", lambda one: _head(one, Mix(0.0, 1.0, 0.0, 2.0))
    yield "letters alone", lambda one: _head(one, Mix(0.0, 0.0, 1.0, 2.0))
    yield "all mixes added", lambda one: np.sum([_head(one, mix) for mix in MIXES], axis=0)


def _nearest(one: Ground) -> Floats:
    return one.best_of_entries(one.asked.meaning @ one.points.meaning.T)


def _letters(one: Ground) -> Floats:
    return one.best_of_entries(shared_letters(one.asked.letters, one.points.letters))


def _by_rank(*tables: Floats) -> Floats:
    """Reciprocal rank fusion (Cormack et al. 2009)."""
    ranks = [(-table).argsort(axis=1, kind="stable").argsort(axis=1) for table in tables]
    return np.sum([1 / (RANK_CONSTANT + rank) for rank in ranks], axis=0).astype(np.float32)


def _means(one: Ground) -> Floats:
    sums = np.zeros((one.entries, one.points.meaning.shape[1]), dtype=np.float32)
    np.add.at(sums, one.owners, one.points.meaning)
    return sums / np.bincount(one.owners)[:, np.newaxis]


def _centroid(one: Ground) -> Floats:
    means = _means(one)
    return one.asked.meaning @ (means / np.linalg.norm(means, axis=1, keepdims=True)).T


def _whitened(one: Ground, shrinkage: float) -> Floats:
    """Linear discriminant analysis with one shrunk covariance."""
    means = _means(one)
    rest = one.points.meaning - means[one.owners]
    within = rest.T @ rest / len(rest)
    width = len(within)
    shrunk = (1 - shrinkage) * within + shrinkage * np.trace(within) / width * np.eye(width)
    moved = means @ np.linalg.inv(shrunk)
    return np.asarray(one.asked.meaning @ moved.T - 0.5 * (moved * means).sum(axis=1), dtype=np.float32)


def _head(one: Ground, mix: Mix) -> Floats:
    return fit_head(mix, one.points, one.owners, one.entries).scores(one.asked)


def _name(mix: Mix) -> str:
    parts = {"meaning": mix.meaning, "inner": mix.inner, "letters": mix.letters}
    return "ridge, " + " + ".join(f"{weight:g} {name}" for name, weight in parts.items() if weight)


def _figures(scores: Floats, gold: Places) -> str:
    inside = gold >= 0
    first = f"{float((scores.argmax(axis=1) == gold)[inside].mean()):.3f}"
    doubts = -scores.max(axis=1)
    told = auroc(doubts[inside].tolist(), doubts[~inside].tolist())
    return first if told is None else f"{first} ({told:.3f})"


def main() -> None:
    if not SHARED.is_dir():
        sys.exit(f"There is nothing to try matching on: {SHARED} is missing.")
    grounds = {name: ground(name) for name in SETS}
    table = Table(
        "Way", *SETS, title="Right entry first (AUROC of the best score, where some have no answer)"
    )
    for name, way in ways():
        table.add_row(name, *(_figures(way(one), one.gold) for one in grounds.values()))
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
