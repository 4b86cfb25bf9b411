"""What of a sentence its sources hold, in numbers. No model; `FEATURES` names them in their order."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.checks.fact_readings import Reading
from app.checks.support.sources import Sources, phrases, topics
from app.checks.support.words import Words, stem, weight

WINDOW = 5  # words it is about, next to each other
NEAR = 6  # words of the source over which nearness fades
FAR = 25
LONGEST_RUN = 12
Features = dict[str, float]


def lexical_features(sentence: Words, sources: Sources) -> Features:
    """Shares are 0..1; counts are logarithms of one more."""
    known = _known(sentence, sources)
    return {
        "words": math.log1p(len(sentence.words)),
        "content": math.log1p(len(known)),
        "source_words": math.log1p(sources.length),
        **_coverage(sentence, known, sources),
        **_phrasing(sentence, known, sources),
        **_nearness(sentence, sources),
        **_facts_and_names(sentence, sources),
        **_nearest_sentence(sentence, sources),
    }


def _known(sentence: Words, sources: Sources) -> list[bool]:
    """For each word it is about, whether the sources hold it, also as part of a compound or as a compound."""
    return [_is_known(sentence, place, sources) for place in sentence.content]


def _is_known(sentence: Words, place: int, sources: Sources) -> bool:
    if sentence.stems[place] in sources.stems:
        return True
    around = sentence.words[max(0, place - 1) : place + 2]
    return any(stem(one + other) in sources.stems for one, other in pairwise(around))


def _coverage(sentence: Words, known: Sequence[bool], sources: Sources) -> Features:
    weights = [weight(sentence.words[place]) for place in sentence.content]
    held = sum(one for one, is_known in zip(weights, known, strict=True) if is_known)
    novel = [
        len(sentence.words[p]) for p, is_known in zip(sentence.content, known, strict=True) if not is_known
    ]
    return {
        "known": _share(known),
        "known_weighted": held / sum(weights) if weights else 1.0,
        "known_of_all": _share([one in sources.stems for one in sentence.stems]),
        "novel": math.log1p(len(novel)),
        "longest_novel": math.log1p(max(novel, default=0)),
        "novel_in_a_row": math.log1p(_longest(not is_known for is_known in known)),
        "least_known_window": _least(known),
    }


def _phrasing(sentence: Words, known: Sequence[bool], sources: Sources) -> Features:
    triples = phrases(sentence.stems, 3)
    pairs = phrases(sentence.stems, 2)
    held = [triple in sources.triples for triple in triples]
    run = min(_longest(held) + 2 if any(held) else 1, len(sentence.words) or 1)
    return {
        "topics": _share([pair in sources.topics for pair in topics(sentence)], _share(known)),
        "pairs": _share([pair in sources.pairs for pair in pairs], _share(known)),
        "triples": _share(held, _share([pair in sources.pairs for pair in pairs])),
        "run": run / max(1, len(sentence.words)),
        "run_words": math.log1p(min(run, LONGEST_RUN)),
        "grams": len(sentence.grams & sources.grams) / max(1, len(sentence.grams)),
    }


def _nearness(sentence: Words, sources: Sources) -> Features:
    """Whether words that stand together here stand together there."""
    distances = [sources.distance(one, other) for one, other in topics(sentence) if one != other]
    near = [math.exp(-distance / NEAR) for distance in distances]
    return {
        "near": sum(near) / len(near) if near else 1.0,
        "far": math.log1p(sum(distance > FAR for distance in distances)),
    }


def _facts_and_names(sentence: Words, sources: Sources) -> Features:
    untraced = [fact for fact in sentence.facts if not fact & sources.readings]
    of_no_kind = [fact for fact in untraced if not {reading[-1] for reading in fact} & sources.values]
    return {
        "facts": math.log1p(len(sentence.facts)),
        "facts_untraced": math.log1p(len(untraced)),
        "values_untraced": math.log1p(len(of_no_kind)),
        "names": math.log1p(len(sentence.names)),
        "names_novel": math.log1p(sum(sentence.stems[p] not in sources.stems for p in sentence.names)),
    }


def _nearest_sentence(sentence: Words, sources: Sources) -> Features:
    """Against the one sentence that shares most words with it, and the two that share most together."""
    shared = sources.shared(sentence.about)
    number, most = max(shared.items(), key=lambda one: (one[1], -one[0]), default=(None, 0))
    nearest = sources.words[number] if number is not None else NOTHING
    rest = sources.shared(sentence.about - nearest.about)
    size = max(1, len(sentence.about))
    likeness = most / max(1, len(sentence.about | nearest.about))
    readings = frozenset[Reading]().union(*nearest.facts)
    return {
        "in_one": most / size if sentence.about else 1.0,
        "in_two": (most + max(rest.values(), default=0)) / size if sentence.about else 1.0,
        "likeness": likeness,
        "facts_elsewhere": math.log1p(sum(not fact & readings for fact in sentence.facts)),
        "negations": float(sentence.negations),
        "negations_there": float(nearest.negations),
        "negated": float(sentence.negations > 0 and not nearest.negations),
        "not_negated": float(nearest.negations > 0 and not sentence.negations),
        "turned": float((sentence.negations > 0) != (nearest.negations > 0)) * math.sqrt(likeness),
    }


NOTHING = Words((), (), (), frozenset(), (), 0, (), frozenset())


def _share(held: Sequence[bool], otherwise: float = 1.0) -> float:
    return sum(held) / len(held) if held else otherwise


def _least(known: Sequence[bool]) -> float:
    windows = [known[start : start + WINDOW] for start in range(max(1, len(known) - WINDOW + 1))]
    return min(_share(window) for window in windows)


def _longest(held: Iterator[bool] | Sequence[bool]) -> int:
    longest = current = 0
    for one in held:
        current = current + 1 if one else 0
        longest = max(longest, current)
    return longest
