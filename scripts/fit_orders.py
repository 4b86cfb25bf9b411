"""Fits app/checks/order_weights.npz: python -m scripts.fit_orders [--measure]

Each text is judged by its most suspicious passages, so those are what is learned from: of an attack the ones
that a first fit finds strongest (or those known to hold it), of a harmless text the ones it mistakes most.
With --measure the same is fitted again without each part in turn, and what is left out is measured.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import optimize
from sklearn.svm import SVC

from app.checks.order_passages import passages
from app.checks.order_signs import as_numbers, kinds, look_at, signs
from app.checks.orders import (
    FILE,
    PENALTY,
    PENALTY_OF_SIGNS,
    SCALE,
    WIDTH,
    Weights,
    evidence_of_both,
    evidence_of_signs,
    side_by_side,
    unpacked,
)
from app.embeddings.encoder import get_encoder
from scripts.order_texts import Labelled, all_texts

Numbers = NDArray[np.float32]
Places = NDArray[np.intp]

MOST_PASSAGES = 60  # of one text, for learning
ROUNDS = 4
MOST_OF_ATTACK, MOST_OF_HARMLESS = 6, 4
ATTACK_WEIGHT = 2.0
RIDGES = {"first": 10.0, "signs": 1.0}
SLACK = 2.0  # of the support vector machine, usually called C
ALARMS = 0.01  # of short harmless public texts that were not learned from
SHORT = 250  # characters
FOLDS = 5


@dataclass(frozen=True)
class Corpus:
    texts: list[Labelled]
    rows: list[Places]  # of each text, its passages below
    numbers: Numbers  # [passages, signs]
    vectors: Numbers  # [passages, dimensions]
    known: list[Places | None]  # which passages hold the attack, where that is known


@dataclass(frozen=True)
class Chosen:
    """Passages to learn from."""

    rows: Places
    targets: Numbers
    weights: Numbers


Part = tuple[Weights, Sequence[int]]  # texts, and weights that were fitted without them


def read_corpus() -> Corpus:
    texts = [text for text in all_texts() if passages(text.words)]
    parts = [passages(text.words)[:MOST_PASSAGES] for text in texts]
    distinct = sorted({part for some in parts for part in some}, key=lambda part: (len(part), part))
    place = {part: index for index, part in enumerate(distinct)}
    return Corpus(
        texts=texts,
        rows=[np.array([place[part] for part in some]) for some in parts],
        numbers=np.stack([as_numbers(look_at(part)) for part in distinct]),
        vectors=get_encoder().encode_whole(distinct),
        known=[_holding(text, some) for text, some in zip(texts, parts, strict=True)],
    )


def _holding(text: Labelled, parts: Sequence[str]) -> Places | None:
    if text.order is None:
        return None
    order = set(text.order.split())
    shares = [len(set(part.split()) & order) / len(set(part.split())) for part in parts]
    found = np.flatnonzero(np.array(shares) > 0.5)
    return found if len(found) else None


def fit(corpus: Corpus, learned: Sequence[int]) -> Weights:
    """Weights whose probability is one half where `ALARMS` of short harmless texts lie above.

    Where that is, a fit without one part of the texts tells about that part.
    """
    _, shifts = _trial(corpus, learned)
    return _shifted(_fit(corpus, learned), shifts)


def _trial(corpus: Corpus, learned: Sequence[int]) -> tuple[Weights, list[float]]:
    """A fit without one part, and the evidence at which that part gives few enough alarms."""
    aside = [index for index in learned if _fold(corpus.texts[index]) == 0]
    trial = _without(corpus, learned, aside)
    return trial, [_level(corpus, aside, evidence(corpus, trial, alone=alone)) for alone in (True, False)]


def _shifted(weights: Weights, shifts: Sequence[float]) -> Weights:
    return replace(weights, signs_bias=weights.signs_bias - shifts[0], bias=weights.bias - shifts[1])


def _fit(corpus: Corpus, learned: Sequence[int]) -> Weights:
    plain = _logistic(
        corpus.numbers, _chosen(corpus, learned, corpus.numbers, RIDGES["signs"]), RIDGES["signs"]
    )
    beside = side_by_side(corpus.numbers, corpus.vectors)
    chosen = _chosen(corpus, learned, beside, RIDGES["first"], last=True)
    machine = SVC(C=SLACK, gamma=WIDTH, cache_size=1000)
    machine.fit(beside[chosen.rows], chosen.targets, sample_weight=chosen.weights)
    telling = chosen.rows[machine.support_]
    kept = unpacked(packed(corpus.vectors[telling]))
    return Weights(
        signs=plain[:-1].astype(np.float32),
        signs_bias=float(plain[-1]),
        examples=side_by_side(corpus.numbers[telling], kept),
        pulls=machine.dual_coef_[0].astype(np.float32),
        bias=float(machine.intercept_[0]),
    )


def packed(vectors: Numbers) -> NDArray[np.int8]:
    return np.rint(vectors * 127).astype(np.int8)


def _level(corpus: Corpus, aside: Sequence[int], found: Sequence[float]) -> float:
    harmless = sorted(found[index] for index in aside if _is_short_and_public(corpus.texts[index]))
    return harmless[int(len(harmless) * (1 - ALARMS))]


def _chosen(
    corpus: Corpus, learned: Sequence[int], beside: Numbers, ridge: float, *, last: bool = False
) -> Chosen:
    """The passages that count, found by fitting again and again; `last` keeps the worst of the harmless."""
    scores = corpus.numbers.sum(axis=1)
    chosen = _by_scores(corpus, learned, scores, hardest_only=False)
    for _ in range(ROUNDS):
        weights = _logistic(beside, chosen, ridge)
        scores = beside @ weights[:-1] + weights[-1]
        chosen = _by_scores(corpus, learned, scores, hardest_only=False)
    return _by_scores(corpus, learned, scores, hardest_only=True) if last else chosen


def _by_scores(corpus: Corpus, learned: Sequence[int], scores: Numbers, *, hardest_only: bool) -> Chosen:
    rows: list[Places] = []
    targets: list[Numbers] = []
    weights: list[Numbers] = []
    for index in learned:
        text, own = corpus.texts[index], corpus.rows[index]
        order = np.argsort(-scores[own], kind="stable")
        if text.is_attack:
            known = corpus.known[index]
            picked = order[: max(1, min(MOST_OF_ATTACK, len(own) // 3))] if known is None else known
            share = np.full(len(picked), ATTACK_WEIGHT * text.weight / len(picked) ** 0.5)
        else:
            picked = order[:MOST_OF_HARMLESS] if hardest_only else order
            share = np.full(len(picked), text.weight * (0.5 if hardest_only else len(own) ** -0.5))
            share[0] = text.weight if hardest_only else share[0] + text.weight
        rows.append(own[picked])
        targets.append(np.full(len(picked), float(text.is_attack)))
        weights.append(share)
    return Chosen(np.concatenate(rows), np.concatenate(targets), np.concatenate(weights))


def _logistic(beside: Numbers, chosen: Chosen, ridge: float) -> NDArray[np.float64]:
    """Where the weighted logistic loss with a ridge is least; the last number is the bias, which is free."""
    design = beside[chosen.rows].astype(np.float64)

    def loss(numbers: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        reached = design @ numbers[:-1] + numbers[-1]
        lost = chosen.weights @ (np.logaddexp(0.0, reached) - chosen.targets * reached)
        gap = chosen.weights * (1 / (1 + np.exp(-np.clip(reached, -30, 30))) - chosen.targets)
        gradient = np.append(design.T @ gap + ridge * numbers[:-1], gap.sum())
        return float(lost + ridge / 2 * numbers[:-1] @ numbers[:-1]), gradient

    start = np.zeros(beside.shape[1] + 1)
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return np.asarray(found.x)


def evidence(corpus: Corpus, weights: Weights, *, alone: bool) -> list[float]:
    """The evidence of each text: of its strongest passage, less what chance gives so many."""
    each, penalty = evidence_of_signs(weights, corpus.numbers), PENALTY_OF_SIGNS
    if not alone:
        penalty = PENALTY
        parts = np.array_split(np.arange(len(each)), 16)  # all at once would take gigabytes
        each = np.concatenate(
            [evidence_of_both(weights, corpus.numbers[part], corpus.vectors[part]) for part in parts]
        )
    return [float(each[own].max() - penalty * np.log(len(own))) for own in corpus.rows]


def _is_short_and_public(text: Labelled) -> bool:
    return not text.is_attack and len(text.words) < SHORT and text.source not in ("own", "drawn", "held")


def write(weights: Weights) -> None:
    count = len(weights.signs)
    np.savez_compressed(
        FILE,
        signs=weights.signs,
        signs_bias=np.float32(weights.signs_bias),
        example_signs=weights.examples[:, :count].astype(np.uint8),
        example_vectors=packed(weights.examples[:, count:] / SCALE),
        pulls=weights.pulls,
        bias=np.float32(weights.bias),
    )


def measure(corpus: Corpus, learned: Sequence[int], weights: Weights) -> None:
    """Print what is noticed of texts that were not learned from."""
    print(f"{len(signs())} signs of {len(kinds())} kinds, {len(weights.pulls)} examples")
    held = [index for index, text in enumerate(corpus.texts) if text.is_held]
    _report("kept for measuring", corpus, [(weights, held)])
    trial, shifts = _trial(corpus, learned)
    folds = [[index for index in learned if _fold(corpus.texts[index]) == fold] for fold in range(FOLDS)]
    parts = [
        (trial if not fold else _without(corpus, learned, part), part) for fold, part in enumerate(folds)
    ]
    _report(f"{FOLDS} parts in turn, families of attacks whole", corpus, _levelled(parts, shifts))
    attacks = {corpus.texts[index].source for index in learned if corpus.texts[index].is_attack}
    sources = [[index for index in learned if corpus.texts[index].source == one] for one in sorted(attacks)]
    parts = [(_without(corpus, learned, part), part) for part in sources]
    _report("each source of attacks in turn", corpus, _levelled(parts, shifts))


def _without(corpus: Corpus, learned: Sequence[int], part: Sequence[int]) -> Weights:
    return _fit(corpus, sorted(set(learned) - set(part)))


def _levelled(parts: Sequence[Part], shifts: Sequence[float]) -> list[Part]:
    return [(_shifted(weights, shifts), part) for weights, part in parts]


def _report(title: str, corpus: Corpus, parts: Sequence[Part]) -> None:
    noticed: dict[tuple[str, bool], list[tuple[bool, bool]]] = {}
    for weights, part in parts:
        found = [evidence(corpus, weights, alone=alone) for alone in (True, False)]
        for index in part:
            text = corpus.texts[index]
            hits = (found[0][index] >= 0, found[1][index] >= 0)
            noticed.setdefault((text.source, text.is_attack), []).append(hits)
    print(f"\n{title}: signs alone, with the encoder")
    for (source, is_attack), all_hits in sorted(noticed.items()):
        alone, whole = np.mean(all_hits, axis=0)
        what = "noticed" if is_attack else "false alarms"
        print(f"  {source:<28}{len(all_hits):>6}  {what:<13}{alone:.3f} {whole:.3f}", flush=True)


def _fold(text: Labelled) -> int:
    return sum(text.source.partition("/")[0].encode() + text.group.encode()) % FOLDS


def main(*, is_measured: bool) -> None:
    corpus = read_corpus()
    learned = [index for index, text in enumerate(corpus.texts) if not text.is_held]
    weights = fit(corpus, learned)
    write(weights)
    if is_measured:
        measure(corpus, learned, weights)


if __name__ == "__main__":
    main(is_measured="--measure" in sys.argv)
