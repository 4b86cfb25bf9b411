"""Which approved first reply suits a message: by its topic, its channel and its language."""

from dataclasses import dataclass
from datetime import date

from app.drafting.approved import dressed
from app.drafting.voice import Voice
from app.drafting.voice_parts import DEFAULT, Acknowledgement

ANY = "any"


@dataclass(frozen=True)
class FirstReply:
    text: str  # as it would be posted
    topic: str
    approved_by: str
    approved_on: date


def first_reply(voice: Voice, network: str, *, topic: str | None, language: str | None) -> FirstReply | None:
    """The one of the topic, else the one for any; None where the brand has approved none that fits."""
    chosen = _of(voice, topic) or _of(voice, ANY)
    if chosen is None:
        return None
    texts = next(
        (texts for channel, texts in chosen.texts.items() if channel == network), chosen.texts[DEFAULT]
    )
    spoken = language if language in texts else next((one for one in voice.languages if one in texts), None)
    words = texts[spoken] if spoken else next(iter(texts.values()))
    text = dressed(words, voice, network)
    return FirstReply(text, chosen.topic, chosen.approved_by, chosen.approved_on)


def _of(voice: Voice, topic: str | None) -> Acknowledgement | None:
    return next((one for one in voice.acknowledgements if one.topic == topic), None)
