"""In which language a text is written; where it does not say, what its thread and its account speak.

lingua in its low accuracy mode: 25 MB and 0.2 s to load, where the full one takes 370 MB and 4.5 s. It is too
sure of itself on short texts, so a language nobody expects here needs much more evidence than one that is.
`python -m bench.languages FILE` measures the floors; docs/operator.md has the figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import regex
from lingua import IsoCode639_1, LanguageDetector, LanguageDetectorBuilder

# Each more language in Latin letters makes the others less sure. Norwegian is taken for Danish.
LATIN = ("cs", "da", "de", "en", "es", "fi", "fr", "hu", "it", "nl", "pl", "pt", "ro", "sv", "tr", "vi")
OTHER_LETTERS = ("ar", "el", "he", "hi", "ja", "ko", "ru", "th", "uk", "zh")
KNOWN = frozenset(LATIN + OTHER_LETTERS)

FLOOR = 0.9
FLOOR_IF_EXPECTED = 0.5  # of a language that the thread or the account speaks
FEWEST_LETTERS = 2  # two Chinese characters are a word; "ok" has no trigram and so no evidence
MOST_CHARACTERS = 1_000  # more adds time and no certainty

# What says nothing of the language: links, addresses, names, tags.
_NOT_WORDS = regex.compile(r"https?://\S+|www\.\S+|[^\s@]+@[^\s@]+|[@#][\w.]+")
_NOT_LETTERS = regex.compile(r"[^\p{L}\p{M}' ]+")


class LanguageSource(StrEnum):
    TEXT = "text"  # its own words
    THREAD = "thread"  # what was written before it in the conversation
    ACCOUNT = "account"  # the first of the account's languages
    NONE = "none"  # nothing says


@dataclass(frozen=True)
class Detected:
    language: str | None  # ISO 639-1
    confidence: float  # 0..1, lingua's relative confidence; 0 unless the text itself decided
    source: LanguageSource


def detect_language(text: str, *, thread: str | None = None, account: Sequence[str] = ()) -> Detected:
    """The text's language, else the thread's, else the first of the account's. Takes any text.

    `thread` and `account` are codes such as de or de-AT. Of a mixed text it is the language of most words.
    """
    expected = {code.partition("-")[0] for code in (thread, *account) if code}
    language, confidence = _likeliest(text)
    floor = FLOOR_IF_EXPECTED if language in expected else FLOOR
    if language is not None and confidence >= floor:
        return Detected(language, round(confidence, 4), LanguageSource.TEXT)
    if thread:
        return Detected(thread.partition("-")[0], 0.0, LanguageSource.THREAD)
    if account:
        return Detected(account[0].partition("-")[0], 0.0, LanguageSource.ACCOUNT)
    return Detected(None, 0.0, LanguageSource.NONE)


def _likeliest(text: str) -> tuple[str | None, float]:
    readable = text[:MOST_CHARACTERS].encode("utf-8", "replace").decode()
    words = _NOT_LETTERS.sub(" ", _NOT_WORDS.sub(" ", readable))
    if sum(not letter.isspace() for letter in words) < FEWEST_LETTERS:
        return None, 0.0
    best = _detector().compute_language_confidence_values(words)[0]
    return best.language.iso_code_639_1.name.lower(), best.value


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    codes = [IsoCode639_1.from_str(code) for code in sorted(KNOWN)]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_low_accuracy_mode().build()
