"""Where the phrases of a list stand in a text: whole words in any case, a trailing * for any ending."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.checks.voice_lint.reading import TOKEN, Word, plain


@dataclass(frozen=True)
class PhrasePlace:
    phrase: str  # as the list has it
    start: int
    end: int


class PhrasePlaces:
    """A list prepared for looking up. Time grows with the text, not with the list."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        self._known: dict[str, list[tuple[tuple[str, ...], bool, str]]] = defaultdict(list)
        self._prefixes: list[tuple[str, str]] = []
        for phrase in phrases:
            is_prefix = phrase.rstrip().endswith("*")
            parts = tuple(map(plain, TOKEN.findall(phrase.rstrip().removesuffix("*"))))
            if len(parts) == 1 and is_prefix:
                self._prefixes.append((parts[0], phrase))
            elif parts:
                self._known[parts[0]].append((parts, is_prefix, phrase))

    def found_in(self, words: Sequence[Word]) -> Iterator[PhrasePlace]:
        for index, word in enumerate(words):
            for prefix, phrase in self._prefixes:
                if word.folded.startswith(prefix):
                    yield PhrasePlace(phrase, word.start, word.end)
            for parts, is_prefix, phrase in self._known.get(word.folded, ()):
                window = words[index : index + len(parts)]
                if _matches([one.folded for one in window], parts, is_prefix):
                    yield PhrasePlace(phrase, word.start, window[-1].end)


def _matches(window: list[str], parts: tuple[str, ...], is_prefix: bool) -> bool:
    if len(window) < len(parts) or tuple(window[:-1]) != parts[:-1]:
        return False
    return window[-1].startswith(parts[-1]) if is_prefix else window[-1] == parts[-1]


@lru_cache(maxsize=256)
def phrase_places(phrases: tuple[str, ...]) -> PhrasePlaces:
    """The same lists come with every text, so each is prepared once."""
    return PhrasePlaces(phrases)
