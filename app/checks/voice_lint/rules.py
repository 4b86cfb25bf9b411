"""A voice as plain data: what may stand in one reply, on one channel, in one language, to one mood.

Drafting fills it from the brand's and the account's files; nothing here knows where the words come from.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Greeting(StrEnum):
    REQUIRED = "required"  # the first words of every reply
    NEVER = "never"
    FREE = "free"


class Address(StrEnum):
    """How German speaks to the customer. English has only "you"."""

    SIE = "sie"
    DU = "du"
    FREE = "free"  # either, but never both in one reply


class FirstPerson(StrEnum):
    WE = "we"
    I = "i"  # noqa: E741 -- the word itself
    FREE = "free"


class Contractions(StrEnum):
    FREE = "free"
    AVOID = "avoid"


@dataclass(frozen=True)
class Preferred:
    """Say one word rather than another."""

    instead_of: str  # a trailing * stands for the rest of the word
    say: str


@dataclass(frozen=True)
class Risky:
    """Words that would embarrass the brand in a picture of the reply. A trailing * as above."""

    internal: tuple[str, ...] = ()  # words that only colleagues should read
    sarcasm: tuple[str, ...] = ()
    blame: tuple[str, ...] = ()


@dataclass(frozen=True)
class VoiceRules:
    """None or an empty tuple: the voice does not say."""

    language: str = ""  # ISO 639-1 of the reply
    emoji_most: int | None = None
    emoji_allowed: tuple[str, ...] = ()  # empty: any, up to `emoji_most`
    exclamation_most: int | None = None
    preferred: tuple[Preferred, ...] = ()
    greeting: Greeting = Greeting.FREE
    greetings: tuple[str, ...] = ()  # the approved ones, in the reply's language
    signature: str | None = None  # the last words, exactly; empty: there are none
    address: Address = Address.FREE
    first_names: bool = True  # whether the customer may be greeted by name
    person: FirstPerson = FirstPerson.FREE
    contractions: Contractions = Contractions.FREE
    shouting: bool = True  # whether words in capitals may stand
    capitals: tuple[str, ...] = ()  # abbreviations that are no shouting
    longest_sentence: int | None = None  # in words
    reading_ease: float | None = None  # the least, on the language's Flesch scale
    apologies_most: int | None = None
    no_apology: tuple[str, ...] = ()  # words that only look like an apology
    links_most: int | None = None
    hashtags_most: int | None = None
    repeated_punctuation: bool = True
    robotic: tuple[str, ...] = ()
    risky: Risky = field(default_factory=Risky)
    blocking: frozenset[str] = frozenset()  # names of rules that nobody can sign past
