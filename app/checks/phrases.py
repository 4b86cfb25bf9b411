"""Words and phrases looked for in a text: whole words in any dress, a trailing * for the rest of a word."""

import re
from collections import defaultdict

from app.checks.checked_text import distinct
from app.checks.folding import fold

# A word with its apostrophes, or the end of a sentence, which no phrase runs across.
TOKEN = re.compile(r"\w+(?:'\w+)*|[.!?](?=\s|$)")


def tokens(text: str) -> list[str]:
    return TOKEN.findall(fold(text))


class Phrases:
    """A list of phrases prepared for looking up. Time grows with the text, not with the list."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._whole: dict[str, list[tuple[tuple[str, ...], bool]]] = defaultdict(list)
        prefixes = []
        for word in words:
            is_prefix = word.rstrip().endswith("*")
            parts = tuple(tokens(word.rstrip().removesuffix("*")))
            if not parts:
                continue
            if len(parts) == 1 and is_prefix:
                prefixes.append(parts[0])
            else:
                self._whole[parts[0]].append((parts, is_prefix))
        self._prefixes = tuple(prefixes)

    def found_in(self, text_tokens: list[str]) -> tuple[str, ...]:
        """What of these tokens the phrases match, in the order of the text, each once."""
        found: list[str] = []
        for index, token in enumerate(text_tokens):
            if self._prefixes and token.startswith(self._prefixes):
                found.append(token)
            for parts, is_prefix in self._whole.get(token, ()):
                window = text_tokens[index : index + len(parts)]
                if _matches(window, parts, is_prefix):
                    found.append(" ".join(window))
        return distinct(found)


def _matches(window: list[str], parts: tuple[str, ...], is_prefix: bool) -> bool:
    if len(window) < len(parts) or tuple(window[:-1]) != parts[:-1]:
        return False
    return window[-1].startswith(parts[-1]) if is_prefix else window[-1] == parts[-1]
