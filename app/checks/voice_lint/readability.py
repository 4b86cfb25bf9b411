"""Rules about how easily a reply is read: its longest sentence, and the Flesch reading ease.

English: 206.835 - 1.015 * words per sentence - 84.6 * syllables per word (Flesch 1948, "A New Readability
Yardstick"). German: 180 - words per sentence - 58.5 * syllables per word (Amstad 1978). Higher is easier;
60 to 70 is plain language. Links, addresses and figures are no words. Syllables are counted as groups of
vowels.
"""

import re
from collections.abc import Iterator

from app.checks.voice_lint.reading import Reading, Span, Violation
from app.checks.voice_lint.rules import VoiceRules

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")  # noqa: RUF001
VOWELS = {"en": re.compile(r"[aeiouy]+"), "de": re.compile(r"ei|ai|au|eu|äu|ie|aa|ee|oo|[aeiouyäöü]")}
SILENT_END = re.compile(r"(?:[^aeiouylr]e|[^aeiouydt]ed|[^aeiouyscxzgh]es)\Z")
# With fewer words one long name decides; the measure was made for samples of 100.
FEWEST_WORDS = 30


def sentence_length(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    if rules.longest_sentence is None:
        return
    for span in read.sentences:
        words = len(WORD.findall(read.prose, span.start, span.end))
        if words > rules.longest_sentence:
            advice = f"Split this sentence: it has {words} words, and {rules.longest_sentence} is the most."
            yield read.violation("sentence_length", span.start, span.end, advice)


def reading_level(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    """Names the hardest sentence when the whole is hard."""
    if rules.reading_ease is None or rules.language not in VOWELS:
        return
    if len(WORD.findall(read.prose)) < FEWEST_WORDS:
        return
    ease = reading_ease(read, rules.language)
    if ease < rules.reading_ease:
        hardest = min(read.sentences, key=lambda span: _ease(read, [span], rules.language))
        advice = (
            f"Use shorter words or sentences: reading ease {ease:.0f} of at least {rules.reading_ease:.0f}; "
            "this sentence is the hardest."
        )
        yield read.violation("reading_level", hardest.start, hardest.end, advice)


def reading_ease(read: Reading, language: str) -> float:
    """On the language's own scale, about 0 (hard) to 100 (easy); 100 for a text without words."""
    return _ease(read, read.sentences, language)


def _ease(read: Reading, spans: list[Span], language: str) -> float:
    words = [word for span in spans for word in WORD.findall(read.prose, span.start, span.end)]
    if not words:
        return 100.0
    sentences = max(1, sum(1 for span in spans if WORD.search(read.prose, span.start, span.end)))
    length, syllables = (
        len(words) / sentences,
        sum(count_syllables(word, language) for word in words) / len(words),
    )
    if language == "de":
        return 180 - length - 58.5 * syllables
    return 206.835 - 1.015 * length - 84.6 * syllables


def count_syllables(word: str, language: str) -> int:
    word = word.lower()
    groups = len(VOWELS[language].findall(word))
    if language == "en" and SILENT_END.search(word):
        groups -= 1
    return max(1, groups)
