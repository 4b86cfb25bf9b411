"""A brand's voice: how it sounds, what it may not do, and the words that people approved. Strictly read data.

Its parts are in voice_parts.py; reading it, with what an account overrides, in voice.py.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Self, TypeVar

from pydantic import Field, model_validator

from app.checks.languages import detect_language
from app.checks.voice_lint.lint import NAMES
from app.checks.voice_lint.rules import Contractions, FirstPerson
from app.drafting.voice_parts import (
    DEFAULT,
    NEUTRAL,
    Acknowledgement,
    AddressPart,
    ApologyPart,
    Channel,
    Example,
    GreetingPart,
    Language,
    MarksLimit,
    Moves,
    Part,
    Phrase,
    PreferredWord,
    ReadingPart,
    RepetitionPart,
    ScreenshotPart,
    Words,
)

T = TypeVar("T")


class Voice(Part):
    name: Words
    brand: Words
    languages: tuple[Language, ...] = ("en",)  # the first where a text does not say
    principles: tuple[Words, ...] = Field(min_length=1)
    register_: dict[Channel, Words] = Field(
        default={}, alias="register"
    )  # how it sounds there, in one sentence
    examples: tuple[Example, ...] = ()
    greeting: dict[Channel, GreetingPart] = {}
    signature: dict[Channel, dict[Language, str]]  # none for channels not named
    address: AddressPart = AddressPart()
    person: FirstPerson = FirstPerson.FREE
    contractions: Contractions = Contractions.FREE
    emoji: tuple[MarksLimit, ...] = Field(min_length=1)  # the first whose condition holds counts
    exclamation_marks: tuple[MarksLimit, ...] = Field(min_length=1)
    shouting: bool = False
    repeated_punctuation: bool = False
    capitals: tuple[Words, ...] = ()  # abbreviations that are no shouting
    links: dict[Channel, int] = {}
    hashtags: dict[Channel, int] = {}
    banned_words: tuple[Words, ...]  # a trailing * stands for any ending
    preferred_words: tuple[PreferredWord, ...] = ()
    robotic_phrases: tuple[Words, ...] = ()
    apology: ApologyPart = ApologyPart()
    reading: ReadingPart = ReadingPart()
    repetition: RepetitionPart = RepetitionPart()
    screenshot: ScreenshotPart = ScreenshotPart()
    must: tuple[Words, ...] = ()  # rules of the lint that block instead of warn
    allowed_domains: tuple[Words, ...]
    openings: tuple[Phrase, ...]
    closings: tuple[Phrase, ...]
    topic_opening: Words  # holds {topic}
    moves: Moves = {}
    acknowledgements: tuple[Acknowledgement, ...] = ()

    def __hash__(self) -> int:
        return hash(self.name)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        _check_phrases(self.openings)
        _check_phrases(self.closings)
        if self.topic_opening.count("{topic}") != 1:
            raise ValueError("topic_opening must hold {topic} once")
        if unknown := set(self.must) - NAMES:
            raise ValueError(
                f"must: {sorted(unknown)[0]} is no rule of the lint. Use one of {', '.join(sorted(NAMES))}"
            )
        for limits in (self.emoji, self.exclamation_marks):
            if not limits[-1].is_any:
                raise ValueError("the last of emoji and of exclamation_marks must name no condition")
        for text in self.own_words():
            if banned := self.banned_in(text):
                raise ValueError(f"{text!r} uses the banned {banned[0]!r}")
        return self

    def own_words(self) -> list[str]:
        """Everything in the voice that may be posted."""
        phrases = [text for phrase in (*self.openings, *self.closings) for text in phrase.texts]
        signatures = [text for by_language in self.signature.values() for text in by_language.values()]
        moves = [text for by_language in self.moves.values() for text in by_language.values()]
        return [self.topic_opening, *phrases, *signatures, *moves, *self.first_replies()]

    def first_replies(self) -> list[str]:
        """Every approved acknowledgement."""
        return [
            text
            for one in self.acknowledgements
            for by_language in one.texts.values()
            for text in by_language.values()
        ]

    def banned_in(self, text: str) -> list[str]:
        """The banned words that the text uses, as the voice lists them."""
        return [word for word in self.banned_words if _pattern(word).search(text)]

    def language_of(self, text: str) -> str:
        """The language of a reply, among those the voice speaks; its first where the text does not say."""
        found = detect_language(text, account=self.languages).language
        return found if found in self.languages else self.languages[0]

    def register_for(self, network: str) -> str:
        return on_channel(self.register_, network) or ""

    def greeting_for(self, network: str, language: str = "") -> str:
        """The usual greeting where one is required, without a name; else empty."""
        part = on_channel(self.greeting, network)
        if part is None or part.rule != "required":
            return ""
        texts = part.texts.get(language or self.languages[0]) or next(iter(part.texts.values()))
        return next((text for text in texts if "{name}" not in text), "")

    def signature_for(self, network: str, language: str = "") -> str:
        by_language = on_channel(self.signature, network) or {}
        return by_language.get(language or self.languages[0], next(iter(by_language.values()), ""))


def on_channel(by_channel: dict[Channel, T], network: str) -> T | None:
    """What is said of this channel, else of all."""
    return next(
        (value for channel, value in by_channel.items() if channel == network), by_channel.get(DEFAULT)
    )


@lru_cache(maxsize=1024)
def _pattern(banned: str) -> re.Pattern[str]:
    stem = re.escape(banned.removesuffix("*"))
    return re.compile(rf"(?<!\w){stem}" + (r"\w*" if banned.endswith("*") else r"(?!\w)"), re.IGNORECASE)


def _check_phrases(phrases: Iterable[Phrase]) -> None:
    ids = [phrase.id for phrase in phrases]
    if len(set(ids)) != len(ids) or ids.count(NEUTRAL) != 1:
        raise ValueError("every opening and closing needs an id of its own, and one of them must be neutral")
    for phrase in phrases:
        if phrase.is_neutral == bool(phrase.exemplars):
            raise ValueError(f"{phrase.id}: the neutral phrase has no exemplars, every other one has some")
        if not phrase.is_neutral and not all(text.strip() for text in phrase.texts):
            raise ValueError(f"{phrase.id} has no text")
