"""Whether words that were approved keep to the voice they are meant for: the voice's own, and the FAQ's."""

from collections.abc import Iterator
from dataclasses import replace

from app.checks.voice_lint.lint import lint
from app.checks.voice_lint.reading import Violation
from app.checks.voice_lint.rules import Greeting
from app.drafting.voice_model import Voice
from app.drafting.voice_rules import voice_rules


def violations_in_part(voice: Voice, network: str, text: str, *, language: str) -> list[Violation]:
    """What breaks the voice in a part of a reply: greeting and signature are added to it later."""
    rules = voice_rules(voice, network, language=language)
    greeting = Greeting.FREE if rules.greeting is Greeting.REQUIRED else rules.greeting
    return lint(text, replace(rules, greeting=greeting, signature=None))


def own_violations(voice: Voice, network: str) -> list[str]:
    """A sentence for each place where the voice's own words break its rules on this channel."""
    return [
        f"“{text[:80]}” breaks {violation.rule}. {violation.advice}"
        for text, language in _own_words(voice, network)
        for violation in violations_in_part(voice, network, text, language=language)
    ]


def _own_words(voice: Voice, network: str) -> Iterator[tuple[str, str]]:
    for phrase in (*voice.openings, *voice.closings):
        yield from ((text, voice.languages[0]) for text in phrase.texts)
    yield voice.topic_opening.format(topic="it"), voice.languages[0]
    for by_language in voice.moves.values():
        yield from ((text, language) for language, text in by_language.items())
    for one in voice.acknowledgements:
        for channel, texts in one.texts.items():
            if channel in (network, "default"):
                yield from ((text, language) for language, text in texts.items())
