"""A sentence that says nearly what an approved one says, but with a "not" more or less."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache

from app.checks.checked_text import CheckedText, Finding, agreeing, distinct, passed, quoted, warned
from app.checks.phrases import tokens
from app.checks.sentences import sentences

NAME = "negation"
NEGATIONS = frozenset(
    [
        "no",
        "not",
        "never",
        "none",
        "nobody",
        "nothing",
        "neither",
        "nor",
        "without",
        "cannot",
        "nicht",
        "kein",
        "keine",
        "keinen",
        "keiner",
        "keinem",
        "nie",
        "niemals",
        "ohne",
        "weder",
    ]
)
# A "not" often comes with one of these, so they do not make two sentences different.
HELPERS = frozenset(
    [
        "do",
        "does",
        "did",
        "can",
        "will",
        "would",
        "could",
        "may",
        "is",
        "are",
        "was",
        "be",
        "has",
        "have",
        "please",
    ]
)
ALIKE = 0.7  # share of words in common, of all words of both
FEWEST_WORDS = 2
MOST_CANDIDATES = 40  # sentences that share one word; a word in more of them tells nothing


@dataclass(frozen=True)
class Statement:
    """One sentence as the words it is about and how often it says no."""

    words: frozenset[str]
    negations: int


def check_negation(checked: CheckedText) -> Finding:
    """Shows each sentence whose nearest approved sentence says the opposite."""
    approved = frozenset[Statement]().union(*map(_approved_in, checked.sources))
    by_word: dict[str, list[Statement]] = defaultdict(list)
    for statement in approved:
        for word in statement.words:
            by_word[word].append(statement)
    turned = [
        sentence for sentence in sentences(checked.text) if _is_turned(_statement(tokens(sentence)), by_word)
    ]
    if turned:
        words = distinct(turned)
        says = agreeing(words, "says", "say")
        return warned(
            NAME, f"{quoted(words)} {says} nearly what is approved, but the other way round.", words
        )
    return passed(NAME, "No sentence turns an approved one into its opposite.")


@lru_cache(maxsize=1024)
def _approved_in(source: str) -> frozenset[Statement]:
    return frozenset(_statement(tokens(sentence)) for sentence in sentences(source))


def _statement(words: list[str]) -> Statement:
    about = []
    negations = 0
    for word in words:
        if word in NEGATIONS or word.endswith("n't"):
            negations += 1
        elif word not in HELPERS and word[0].isalnum():
            about.append(word)
    return Statement(frozenset(about), negations)


def _is_turned(statement: Statement, by_word: dict[str, list[Statement]]) -> bool:
    if len(statement.words) < FEWEST_WORDS:
        return False
    shared: Counter[Statement] = Counter()
    for word in statement.words:
        candidates = by_word.get(word, [])
        if len(candidates) <= MOST_CANDIDATES:
            shared.update(candidates)
    alike = [
        other
        for other, _ in shared.items()
        if len(other.words & statement.words) >= ALIKE * len(other.words | statement.words)
    ]
    return bool(alike) and all(other.negations != statement.negations for other in alike)
