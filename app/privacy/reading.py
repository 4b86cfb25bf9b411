"""One text prepared for every detector: plain, with its words, its groups of digits and its labels."""

from dataclasses import dataclass

from app.privacy.context import Context, Word, context_of, words_in
from app.privacy.digit_groups import Group, digit_groups
from app.privacy.plain_text import PlainText, plain


@dataclass(frozen=True)
class Reading:
    plain: PlainText
    words: list[Word]
    groups: list[Group]
    context: Context

    @property
    def text(self) -> str:
        return self.plain.text


def read(text: str) -> Reading:
    simple = plain(text)
    words = words_in(simple.text)
    return Reading(simple, words, digit_groups(simple.text), context_of(simple.text, words))
