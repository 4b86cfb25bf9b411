"""A voice as sentences for a model: what it has to keep to on this channel, and examples of it."""

from dataclasses import dataclass

from app.checks.mood import feeling_of
from app.checks.voice_lint.rules import Address, Contractions, FirstPerson
from app.drafting.voice import Voice
from app.drafting.voice_parts import Example, MarksLimit
from app.drafting.voice_rules import marks_limit

MOST_EXAMPLES = 3


@dataclass(frozen=True)
class Manner:
    register: str  # how it sounds here; empty where the voice does not say
    rules: tuple[str, ...]
    examples: tuple[Example, ...]


def manner_of(voice: Voice, network: str, *, customer_text: str, topic: str | None) -> Manner:
    """Everything the lint will ask for, said beforehand."""
    mood = feeling_of(customer_text).mood
    emoji = marks_limit(voice.emoji, network, mood=mood, topic=topic)
    exclamation = marks_limit(voice.exclamation_marks, network, mood=mood, topic=topic)
    rules = [
        f"Emoji: {_most(emoji)}.",
        f"Exclamation marks: {_most(exclamation)}.",
        *_speaking(voice),
        *_reading(voice, customer_text),
        *(f"Say “{one.say}” instead of “{one.instead_of}”." for one in voice.preferred_words),
        *(f"Be sorry like this: {one}" for one in voice.apology.say),
    ]
    return Manner(voice.register_for(network), tuple(rules), _examples(voice, network))


def _most(limit: MarksLimit) -> str:
    if limit.most == 0:
        return "none"
    among = f", only {' '.join(limit.allowed)}" if limit.allowed else ""
    return f"at most {limit.most}{among}"


def _speaking(voice: Voice) -> list[str]:
    said = {
        FirstPerson.WE: "Speak as “we”, never as “I”.",
        FirstPerson.I: "Speak as “I”, never as “we”.",
        FirstPerson.FREE: "",
    }[voice.person]
    german = {
        Address.SIE: "In German say “Sie”.",
        Address.DU: "In German say “du”.",
        Address.FREE: "In German keep to either “du” or “Sie”.",
    }[voice.address.de]
    full = "Write words out in full: “it is”, not “it's”." if voice.contractions is Contractions.AVOID else ""
    return [sentence for sentence in (said, german, full) if sentence]


def _reading(voice: Voice, customer_text: str) -> list[str]:
    longest = voice.reading.longest_sentence.get(voice.language_of(customer_text))
    return [] if longest is None else [f"No sentence is longer than {longest} words."]


def _examples(voice: Voice, network: str) -> tuple[Example, ...]:
    fitting = [one for one in voice.examples if not one.channels or network in one.channels]
    return tuple(fitting[:MOST_EXAMPLES])
