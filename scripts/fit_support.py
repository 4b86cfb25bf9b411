"""Fits the weights of the support score to the labels of public sets, and measures them by cross-validation.

python -m scripts.fit_support ../shared/data/grounded [--write]

Folds are cut by source: no passage, record, entity or claim stands on both sides. Every seed is fixed.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.preprocessing import StandardScaler

from app.checks.support.document import Document, Kind, document_row, read_document
from app.checks.support.meaning import DIMENSIONS
from app.checks.support.weights import FILE, Linear, Weights
from app.embeddings.encoder import get_encoder
from app.evaluation.grounding_forms import read_grounding

FOLDS = 5
SEEDS = (0, 1, 2)
DOCUMENT_C = {Kind.ANSWER: 0.004, Kind.ARTICLE: 0.008, Kind.RECORD: 0.015}  # smaller: stronger ridge
MEANING_C = 0.015
DIFFERENCE_SCALE = 0.25  # each of its 1,536 numbers counts for little
SENTENCE_C = 0.003
FEWEST_FOR_A_THRESHOLD = 100
SETS = (
    "dstc9_rated_replies",
    "begin",
    "ragtruth_qa",
    "ragtruth_summary",
    "ragtruth_data2txt",
    "wice_oracle_claims",
)
Said = dict[str, float]  # what folds that did not see a row said of it, by its id


@dataclass(frozen=True)
class Example:
    key: str
    name: str  # of the set
    group: str  # rows of one group share a source
    document: Document
    unsupported: bool
    sentences: tuple[bool, ...] | None  # labels of the statements, where people gave them


def main() -> None:
    folder = Path(sys.argv[1])
    words = [one for name in SETS for one in read_examples(folder / f"{name}.jsonl", None)]
    answers = [one for one in words if one.document.kind is Kind.ANSWER]
    names = sorted({one.name for one in answers})
    read = [one for name in names for one in read_examples(folder / f"{name}.jsonl", get_encoder())]
    meant = [one for one in read if one.document.difference is not None]
    fit(words, meant, write="--write" in sys.argv)


def fit(words: Sequence[Example], meant: Sequence[Example], *, write: bool) -> None:
    """Each regression once on everything, and over folds for what is reported and for the thresholds."""
    kinds = {kind: [one for one in words if one.document.kind is kind] for kind in Kind}
    said: dict[str, list[Said]] = {"words": [], "with the encoder": []}
    for seed in SEEDS:
        prose = prose_out_of_fold(words, seed)
        rest = [out_of_fold(kinds[kind], DOCUMENT_C[kind], seed) for kind in DOCUMENT_C]
        by_words = {key: one for part in (prose, *rest) for key, one in part.items()}
        said["words"].append(by_words)
        said["with the encoder"].append({**by_words, **out_of_fold(meant, MEANING_C, seed)})
    for way, runs in said.items():
        report(way, words, runs)
    if write:
        FILE.write_text(fitted(words, meant, kinds, said).model_dump_json() + "\n")


def fitted(
    words: Sequence[Example],
    meant: Sequence[Example],
    kinds: dict[Kind, list[Example]],
    said: dict[str, list[Said]],
) -> Weights:
    by_words, with_encoder = said["words"][0], said["with the encoder"][0]
    return Weights(
        sentence=sentence_regression(words),
        documents={kind: document_regression(kinds[kind], strength) for kind, strength in DOCUMENT_C.items()},
        meaning=document_regression(meant, MEANING_C),
        thresholds={kind: best_threshold(kinds[kind], by_words) for kind in DOCUMENT_C},
        meaning_threshold=best_threshold(meant, with_encoder),
        sentence_threshold=sentence_threshold(words),
    )


def read_examples(file: Path, encoder: Any) -> Iterator[Example]:
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    for row, case in zip(rows, read_grounding(file).cases, strict=True):
        if case.unsupported is None:
            continue
        document = read_document(case.reply, case.sources, encoder=encoder)
        if document.statements:
            labels = sentence_labels(row, document, case.unsupported)
            yield Example(row["id"], file.stem, group_of(row), document, case.unsupported, labels)


def group_of(row: dict[str, Any]) -> str:
    if "faq_id" in row:
        return row["entity"] or row["faq_id"]
    return str(row.get("source_id") or row.get("claim_id") or row["knowledge"])


def sentence_labels(row: dict[str, Any], document: Document, unsupported: bool) -> tuple[bool, ...] | None:
    """True for statements that touch a marked span; of an unmarked reply only when it is one statement."""
    if "spans" not in row:
        return (unsupported,) if len(document.statements) == 1 else None
    labels, after = [], 0
    for statement in document.statements:
        start = max(after, row["reply"].find(statement.text, after))
        after = start + len(statement.text)
        labels.append(any(span["start"] < after - 1 and span["end"] > start + 1 for span in row["spans"]))
    return tuple(labels)


def out_of_fold(examples: Sequence[Example], strength: float, seed: int) -> Said:
    said = {}
    for inside, outside in folds(examples, seed):
        linear = document_regression(inside, strength)
        said.update({one.key: linear.probability(document_row(one.document)) for one in outside})
    return said


def prose_out_of_fold(examples: Sequence[Example], seed: int) -> Said:
    """Each sentence judged by a model of all sets, without the folds that share its source."""
    said = {}
    for inside, outside in folds(examples, seed):
        linear = sentence_regression(inside)
        for one in outside:
            if one.document.kind is Kind.PROSE:
                supported = (1 - linear.probability(statement.row) for statement in one.document.statements)
                said[one.key] = 1 - math.prod(supported)
    return said


def sentence_threshold(examples: Sequence[Example]) -> float:
    inside, outside = next(iter(folds(examples, SEEDS[0])))
    linear = sentence_regression(inside)
    rows, labels, _ = labelled_sentences([one for one in outside if one.document.kind is not Kind.ANSWER])
    return best(labels, np.array([linear.probability(row) for row in rows]))


def folds(examples: Sequence[Example], seed: int) -> Iterator[tuple[list[Example], list[Example]]]:
    """(what is learned from, what is asked), five times. All rows of one source fall into one fold."""
    groups = sorted({(one.name, one.group) for one in examples})
    places = dict(zip(groups, np.random.default_rng(seed).permutation(len(groups)) % FOLDS, strict=True))
    for number in range(FOLDS):
        inside = [one for one in examples if places[one.name, one.group] != number]
        yield inside, [one for one in examples if places[one.name, one.group] == number]


def document_regression(examples: Sequence[Example], strength: float) -> Linear:
    rows = np.array([document_row(one.document) for one in examples])
    return regression(rows, np.array([one.unsupported for one in examples]), strength, np.ones(len(rows)))


def sentence_regression(examples: Sequence[Example]) -> Linear:
    """Sets weigh alike, however many sentences they have."""
    rows, labels, names = labelled_sentences(examples)
    counts = Counter(names)
    weights = np.array([len(names) / len(counts) / counts[name] for name in names])
    return regression(rows, labels, SENTENCE_C, weights)


def labelled_sentences(examples: Sequence[Example]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    labelled = [one for one in examples if one.sentences is not None]
    rows = np.array([statement.row for one in labelled for statement in one.document.statements])
    labels = np.array([label for one in labelled for label in one.sentences or ()])
    return rows, labels, [one.name for one in labelled for _ in one.document.statements]


def regression(rows: np.ndarray, labels: np.ndarray, strength: float, weights: np.ndarray) -> Linear:
    """A ridge logistic regression over standardised features, folded back onto features as they are."""
    scaler = StandardScaler().fit(rows)
    scale = np.ones(rows.shape[1])
    if rows.shape[1] > 4 * DIMENSIONS:
        scale[-4 * DIMENSIONS :] = DIFFERENCE_SCALE
    model = LogisticRegression(C=strength, max_iter=1000)
    model.fit(scaler.transform(rows) * scale, labels, sample_weight=weights)
    coefficients = model.coef_[0] * scale / scaler.scale_
    intercept = float(model.intercept_[0] - coefficients @ scaler.mean_)
    return Linear(intercept=intercept, coefficients=tuple(float(f"{one:.5g}") for one in coefficients))


def best_threshold(examples: Sequence[Example], said: Said) -> float:
    """The best mean F1 over the sets, whose shares of unsupported replies differ."""
    counts = Counter(one.name for one in examples)
    sets = [
        (np.array([one.unsupported for one in part]), np.array([said[one.key] for one in part]))
        for name, count in counts.items()
        if count >= FEWEST_FOR_A_THRESHOLD and (part := [one for one in examples if one.name == name])
    ]
    tried = np.unique(np.round([said[one.key] for one in examples], 2))
    return float(max(tried, key=lambda one: sum(f1_score(labels, run >= one) for labels, run in sets)))


def best(labels: np.ndarray, said: np.ndarray) -> float:
    """The probability from which on saying "unsupported" gives the best F1."""
    return float(max(np.unique(np.round(said, 3)), key=lambda one: f1_score(labels, said >= one)))


def report(way: str, examples: Sequence[Example], runs: Sequence[Said]) -> None:
    print(way)
    for name in SETS:
        of_set = [one for one in examples if one.name == name]
        whole = [area(of_set, run) for run in runs]
        parts = [
            area(part, run) for seed, run in zip(SEEDS, runs, strict=True) for _, part in folds(of_set, seed)
        ]
        print(f"    {name:<22}{len(of_set):>6}  AUROC {np.mean(whole):.3f}, folds +- {np.std(parts):.3f}")


def area(examples: Sequence[Example], said: Said) -> float:
    return float(roc_auc_score([one.unsupported for one in examples], [said[one.key] for one in examples]))


if __name__ == "__main__":
    main()
