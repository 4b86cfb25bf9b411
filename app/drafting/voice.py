"""A brand's voice: its principles and the openings and closings that people approved. Data, strictly read."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.core.errors import InvalidInput
from app.core.settings import CHECKOUT
from app.core.strict_yaml import read_strict

FOLDER = CHECKOUT / "prompts" / "voices"
NEUTRAL = "neutral"

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Phrase(Part):
    """An approved opening or closing, and messages it would suit. The neutral one suits all and has none."""

    id: Words
    text: str
    exemplars: tuple[Words, ...]

    @property
    def is_neutral(self) -> bool:
        return self.id == NEUTRAL


class Voice(Part):
    name: Words
    brand: Words
    principles: tuple[Words, ...] = Field(min_length=1)
    banned_words: tuple[Words, ...]  # a trailing * stands for any ending
    allowed_domains: tuple[Words, ...]
    emoji: Words
    signature: dict[str, str]  # by network; none for networks not named
    openings: tuple[Phrase, ...]
    closings: tuple[Phrase, ...]
    topic_opening: Words  # holds {topic}

    def __hash__(self) -> int:
        return hash(self.name)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        _check_phrases(self.openings)
        _check_phrases(self.closings)
        if self.topic_opening.count("{topic}") != 1:
            raise ValueError("topic_opening must hold {topic} once")
        texts = [self.topic_opening, *(phrase.text for phrase in (*self.openings, *self.closings))]
        for text in (*texts, *self.signature.values()):
            if banned := self.banned_in(text):
                raise ValueError(f"{text!r} uses the banned {banned[0]!r}")
        return self

    def banned_in(self, text: str) -> list[str]:
        """The banned words that the text uses, as the voice lists them."""
        return [word for word in self.banned_words if _pattern(word).search(text)]

    @property
    def own_words(self) -> tuple[str, ...]:
        """What the brand says of itself in every reply: its name, its approved phrases, its signatures."""
        phrases = (phrase.text for phrase in (*self.openings, *self.closings))
        return (self.brand, self.topic_opening, *phrases, *self.signature.values())

    def signature_for(self, network: str) -> str:
        return self.signature.get(network, "")


@lru_cache(maxsize=1024)
def _pattern(banned: str) -> re.Pattern[str]:
    stem = re.escape(banned.removesuffix("*"))
    return re.compile(rf"(?<!\w){stem}" + (r"\w*" if banned.endswith("*") else r"(?!\w)"), re.IGNORECASE)


def _check_phrases(phrases: tuple[Phrase, ...]) -> None:
    ids = [phrase.id for phrase in phrases]
    if len(set(ids)) != len(ids) or ids.count(NEUTRAL) != 1:
        raise ValueError("every opening and closing needs an id of its own, and one of them must be neutral")
    for phrase in phrases:
        if phrase.is_neutral == bool(phrase.exemplars):
            raise ValueError(f"{phrase.id}: the neutral phrase has no exemplars, every other one has some")
        if not phrase.is_neutral and not phrase.text:
            raise ValueError(f"{phrase.id} has no text")


def read_voice(path: Path) -> Voice:
    """The voice of that file. Raises `InvalidInput` when it is not what it should be."""
    voice = read_strict(path, Voice)
    if voice.name != path.stem:
        raise InvalidInput(f"{path.name} calls itself {voice.name}.")
    return voice


@lru_cache
def get_voice(name: str) -> Voice:
    """A voice by name, read once per process."""
    return read_voice(FOLDER / f"{name}.yaml")
