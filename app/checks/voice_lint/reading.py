"""A reply cut up once for all rules of the lint: words, sentences and links, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.channels.x.links import links_in

TOKEN = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*|[.!?…](?=\s|$)|\n")  # noqa: RUF001 -- typographic apostrophes
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S*[^\s.,;:!?…)\]'\"”’]|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"  # noqa: RUF001
)
END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’')\]]*(?=\s|$)|\n+")  # noqa: RUF001 -- closing quotation marks
ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|nr|mr|mrs|ms|dr|approx|z\.\s?b|bzw|ca|usw|st)|\d)\Z", re.IGNORECASE
)
APOSTROPHES = str.maketrans("’ʼ", "''")  # noqa: RUF001
VISIBLE = re.compile(r"\S")
NEXT_IS_SMALL = re.compile(r"\s+[a-zäöü\d]")


@dataclass(frozen=True)
class Violation:
    """One place where a rule of the voice is broken, and one sentence that says what to do."""

    rule: str
    start: int
    end: int  # exclusive; where something is missing both are the place it belongs
    words: str  # the text there
    advice: str


@dataclass(frozen=True)
class Word:
    """A word as it is compared; the end of a sentence or line is one of its own."""

    folded: str
    written: str
    start: int
    end: int
    opens: bool  # the first of its sentence or line

    @property
    def is_end(self) -> bool:
        return not self.written[0].isalnum()


@dataclass(frozen=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """The reply and its parts, found when first asked for."""

    text: str

    def violation(self, rule: str, start: int, end: int, advice: str) -> Violation:
        return Violation(rule, start, end, self.text[start:end], advice)

    @cached_property
    def links(self) -> list[Span]:
        """Web links, bare domains too, but no mail addresses."""
        written = [
            Span(match.start(), match.end())
            for match in ADDRESS.finditer(self.text)
            if "@" not in match.group() or match.group().startswith(("http", "www."))
        ]
        bare = [Span(link.start, link.end) for link in links_in(self.prose_without(written))]
        return sorted([*written, *bare], key=lambda span: span.start)

    def prose_without(self, spans: list[Span]) -> str:
        """The text of the same length with blanks there."""
        letters = list(self.text)
        for span in spans:
            letters[span.start : span.end] = " " * (span.end - span.start)
        return "".join(letters)

    @cached_property
    def prose(self) -> str:
        """The text of the same length, with blanks for links and mail addresses."""
        addresses = [Span(*match.span()) for match in ADDRESS.finditer(self.text)]
        return self.prose_without([*addresses, *self.links])

    @cached_property
    def words(self) -> list[Word]:
        return list(_words(self.prose))

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences with their end mark; a colon or semicolon ends none, an abbreviation neither."""
        return list(_sentences(self.prose))


def plain(written: str) -> str:
    """As words are compared. Accents stay: "Fähre" is a boat, "fahre" is none."""
    return written.casefold().translate(APOSTROPHES)


def _words(prose: str) -> Iterator[Word]:
    opens = True
    for match in TOKEN.finditer(prose):
        written = match.group()
        yield Word(plain(written), written, match.start(), match.end(), opens)
        opens = not written[0].isalnum()


def _sentences(prose: str) -> Iterator[Span]:
    start = 0
    for match in END.finditer(prose):
        before, after = (
            prose[max(start, match.start() - 8) : match.start()],
            prose[match.end() : match.end() + 3],
        )
        if match.group()[0] == "." and ABBREVIATION.search(before) and NEXT_IS_SMALL.match(after):
            continue
        if prose[start : match.end()].strip():
            yield Span(_first_letter(prose, start), match.end())
        start = match.end()
    if prose[start:].strip():
        yield Span(_first_letter(prose, start), len(prose.rstrip()))


def _first_letter(prose: str, start: int) -> int:
    found = VISIBLE.search(prose, start)
    return found.start() if found else start
