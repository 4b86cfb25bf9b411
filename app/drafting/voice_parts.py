"""The parts of a voice file, each strictly what it says."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.checks.mood import Mood
from app.checks.switch_ground import SwitchGround
from app.checks.voice_lint.rules import Address, Greeting

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]  # ISO 639-1
Channel = Literal[
    "default", "x", "facebook", "instagram", "messenger", "whatsapp", "bluesky", "mastodon", "email"
]
Count = Annotated[int, Field(ge=0, le=1000)]
NEUTRAL = "neutral"
DEFAULT: Channel = "default"


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Phrase(Part):
    """An approved opening or closing in several wordings of equal fit, and messages it would suit.

    The neutral one suits all and has no exemplars.
    """

    id: Words
    texts: tuple[str, ...] = Field(min_length=1)  # the first is the usual one
    exemplars: tuple[Words, ...]

    @property
    def is_neutral(self) -> bool:
        return self.id == NEUTRAL

    @property
    def text(self) -> str:
        return self.texts[0]


class Example(Part):
    """A message, how this voice answers it, and how it does not. Facts in it are invented."""

    id: Words
    message: Words
    good: Words
    bad: Words
    why: Words  # what is wrong with the bad one
    channels: tuple[Channel, ...] = ()  # none: shown on all
    language: Language = "en"


class Condition(Part):
    """Where a limit counts; an empty list stands for any."""

    channels: tuple[Channel, ...] = ()
    moods: tuple[Mood, ...] = ()
    topics: tuple[Words, ...] = ()  # of the FAQ, such as delays

    def holds(self, *, network: str, mood: Mood, topic: str | None) -> bool:
        return (
            (not self.channels or network in self.channels)
            and (not self.moods or mood in self.moods)
            and (not self.topics or topic in self.topics)
        )

    @property
    def is_any(self) -> bool:
        return not (self.channels or self.moods or self.topics)


class MarksLimit(Condition):
    """How many emoji or exclamation marks one reply may hold there."""

    most: Count
    allowed: tuple[Words, ...] = ()  # emoji only; none: any of them


class GreetingPart(Part):
    rule: Greeting
    texts: dict[
        Language, tuple[Words, ...]
    ] = {}  # the first is the usual one; {name} stands for the customer's

    @model_validator(mode="after")
    def _has_what_it_asks_for(self) -> Self:
        if self.rule is Greeting.REQUIRED and not self.texts:
            raise ValueError("a required greeting needs its texts. Add them by language.")
        return self


class AddressPart(Part):
    de: Address = Address.FREE
    first_names: bool = True


class PreferredWord(Part):
    instead_of: Words
    say: Words


class ApologyPart(Part):
    most: Count | None = None  # times one reply says sorry
    never: tuple[Words, ...] = ()  # words that only look like an apology
    say: tuple[Words, ...] = ()  # how this voice is sorry


class ReadingPart(Part):
    """Formulas: app/checks/voice_lint/readability.py."""

    longest_sentence: dict[Language, Count] = {}  # words
    ease: dict[Language, float] = {}  # the least, on the Flesch scale of that language


class RepetitionPart(Part):
    """What counts as recent when wording comes again in public."""

    replies: Annotated[int, Field(ge=0, le=200)] = 50
    days: Annotated[int, Field(ge=0, le=60)] = 14


class ScreenshotPart(Part):
    """Words that would embarrass the brand in a picture of a private reply."""

    internal: tuple[Words, ...] = ()
    sarcasm: tuple[Words, ...] = ()
    blame: tuple[Words, ...] = ()


class Acknowledgement(Part):
    """A first reply that was approved beforehand: it says that we are at it, and is no answer."""

    topic: Words  # of the FAQ; `any` where the topic is not known
    approved_by: Words
    approved_on: date
    texts: dict[Channel, dict[Language, Words]] = Field(min_length=1)

    @model_validator(mode="after")
    def _stands_everywhere(self) -> Self:
        if DEFAULT not in self.texts:
            raise ValueError("texts need the channel default. Add it.")
        return self


Moves = dict[SwitchGround, dict[Language, Words]]  # approved words that move a customer to a private message
