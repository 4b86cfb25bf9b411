"""From a voice to the rules of the lint, for one channel, language, mood and topic."""

from app.checks.mood import Mood
from app.checks.voice_lint.rules import Greeting, Preferred, Risky, VoiceRules
from app.drafting.voice_model import Voice, on_channel
from app.drafting.voice_parts import GreetingPart, MarksLimit


def voice_rules(
    voice: Voice, network: str, *, language: str, mood: Mood = Mood.NEUTRAL, topic: str | None = None
) -> VoiceRules:
    """Everything that code can decide of the voice in this place."""
    emoji = marks_limit(voice.emoji, network, mood=mood, topic=topic)
    exclamation = marks_limit(voice.exclamation_marks, network, mood=mood, topic=topic)
    greeting = on_channel(voice.greeting, network) or GreetingPart(rule=Greeting.FREE)
    return VoiceRules(
        language=language,
        emoji_most=emoji.most,
        emoji_allowed=emoji.allowed,
        exclamation_most=exclamation.most,
        preferred=tuple(Preferred(one.instead_of, one.say) for one in voice.preferred_words),
        greeting=greeting.rule,
        greetings=greeting.texts.get(language, ()),
        signature=voice.signature_for(network, language),
        address=voice.address.de,
        first_names=voice.address.first_names,
        person=voice.person,
        contractions=voice.contractions,
        shouting=voice.shouting,
        capitals=voice.capitals,
        longest_sentence=voice.reading.longest_sentence.get(language),
        reading_ease=voice.reading.ease.get(language),
        apologies_most=voice.apology.most,
        no_apology=voice.apology.never,
        links_most=on_channel(voice.links, network),
        hashtags_most=on_channel(voice.hashtags, network),
        repeated_punctuation=voice.repeated_punctuation,
        robotic=voice.robotic_phrases,
        risky=Risky(voice.screenshot.internal, voice.screenshot.sarcasm, voice.screenshot.blame),
        blocking=frozenset(voice.must),
    )


def marks_limit(limits: tuple[MarksLimit, ...], network: str, *, mood: Mood, topic: str | None) -> MarksLimit:
    """The first limit whose condition holds; the last names none."""
    return next(limit for limit in limits if limit.holds(network=network, mood=mood, topic=topic))
