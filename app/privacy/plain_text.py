"""A text as a detector reads it: one plain form of digits, spaces, dashes and letters, nothing invisible.

Values are found however they are dressed up, and every place in the plain text leads back to the original.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from app.privacy.spans import Span

DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
INVISIBLE = frozenset({"Cf", "Cc", "Mn", "Me", "Cn"})  # categories; line feeds and tabs are handled before
KEPT = "\n\r"
LONGEST_FORM = 3  # a few characters unfold to eighteen; those are no part of a value


@dataclass(frozen=True)
class PlainText:
    text: str
    origin: list[int] | None  # where each character stood; None: where it stands now

    def original(self, span: Span) -> Span:
        """The same span in the original text, with all that is invisible inside it."""
        if self.origin is None:
            return span
        start, last = self.origin[span.start], self.origin[span.end - 1]
        return Span(span.kind, start, last + 1, span.value)


def plain(text: str) -> PlainText:
    """Linear in the length of the text, whatever it holds."""
    forms = {ord(character): _form(character) for character in set(text)}
    plain_text = text.translate(forms)
    if all(len(form) == 1 for form in forms.values()):
        return PlainText(plain_text, None)
    origin = [place for place, character in enumerate(text) for _ in forms[ord(character)]]
    return PlainText(plain_text, origin)


@lru_cache(maxsize=8192)
def _form(character: str) -> str:
    """What stands for one character: itself, its plain form, or nothing."""
    if character in KEPT:
        return character
    if character.isspace():
        return " "
    if character in DASHES:
        return "-"
    if character.isdigit():
        return str(unicodedata.digit(character))
    if unicodedata.category(character) in INVISIBLE:
        return ""
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) <= LONGEST_FORM else character
