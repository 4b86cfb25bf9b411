"""A sentence that says nearly what an approved one says, but the other way round.

Turned are a "not" more or less, and one word of a pair for the other: before for after, free for payable,
at least for at most.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from app.checks.checked_text import CheckedText, Finding, agreeing, distinct, passed, quoted, warned
from app.checks.statements import Bound, Sentence, Statement, holds_too_much, sentences_of, sources_of

NAME = "negation"
ALIKE = 0.65  # share of words in common, of all words of both
AS_NEAR = 0.1  # what is less like it than the nearest by more says nothing
FEWEST_WORDS = 2
MOST_CANDIDATES = 40  # sentences that share one word; a word in more of them tells nothing


def check_negation(checked: CheckedText) -> Finding:
    """Shows each sentence whose nearest approved sentence says the opposite."""
    approved = Approved(sources_of(checked.sources))
    turned = distinct(one.whole.text for one in sentences_of(checked.text) if approved.is_turned(one))
    if turned:
        says = agreeing(turned, "says", "say")
        return warned(
            NAME, f"{quoted(turned)} {says} nearly what is approved, but the other way round.", turned
        )
    if holds_too_much(checked.text):
        return warned(NAME, "The text holds too many sentences to compare them all with what is approved.")
    return passed(NAME, "No sentence turns an approved one into its opposite.")


class Approved:
    """The approved sentences and clauses by the words in them."""

    def __init__(self, approved: Iterable[Sentence]) -> None:
        self._by_word: dict[str, list[Statement]] = defaultdict(list)
        self._bounds: set[Bound] = set()
        for sentence in approved:
            self._bounds |= sentence.whole.bounds
            for one in (sentence.whole, *sentence.clauses):
                for word in one.keys:
                    self._by_word[word].append(one)

    def is_turned(self, sentence: Sentence) -> bool:
        """Whether all that is like the sentence, or like one of its clauses, says the opposite."""
        if any(
            _turned(bound) in self._bounds and bound not in self._bounds for bound in sentence.whole.bounds
        ):
            return True
        verdict = self._opposed(sentence.whole)
        if verdict is not None:
            return verdict
        return any(self._opposed(clause) for clause in sentence.clauses)

    def _opposed(self, statement: Statement) -> bool | None:
        """None when nothing approved is like it."""
        alike = self._alike(statement)
        return all(opposed(statement, other) for other in alike) if alike else None

    def _alike(self, statement: Statement) -> list[Statement]:
        """What is most like it: of two like sentences about boats and trains the one about boats."""
        if len(statement.keys) < FEWEST_WORDS and not statement.poles:
            return []
        shared: Counter[Statement] = Counter()
        for word in statement.keys:
            candidates = self._by_word.get(word, [])
            if len(candidates) <= MOST_CANDIDATES:
                shared.update(candidates)
        scores = {other: _likeness(statement, other) for other in shared}
        floor = max(ALIKE, max(scores.values(), default=0.0) - AS_NEAR)
        return [other for other, score in scores.items() if score >= floor]


def _likeness(one: Statement, other: Statement) -> float:
    """The share of words in common of all words of both, 0 to 1."""
    return len(one.keys & other.keys) / len(one.keys | other.keys)


def opposed(one: Statement, other: Statement) -> bool:
    """Whether one says no where the other says yes; two turns make none."""
    turns = sum((axis, -side) in _one_sided(other) for axis, side in _one_sided(one))
    return (one.negations != other.negations) != (turns % 2 == 1)


def _turned(bound: Bound) -> Bound:
    number, axis, side, says_no = bound
    return number, axis, -side, says_no


def _one_sided(statement: Statement) -> set[tuple[int, int]]:
    """The axes on which it takes one side and not both, as "from 9 until 5" does."""
    return {(axis, side) for axis, side in statement.poles if (axis, -side) not in statement.poles}
