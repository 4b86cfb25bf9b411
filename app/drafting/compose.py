"""A reply of approved words: the entry's variant word for word, between the voice's opening and closing."""

from collections.abc import Callable

from app.checks.repetition import said_in
from app.drafting.approved import approved_variant, fits, frame_of
from app.drafting.phrasebook import Encoder, phrasebook
from app.drafting.tasks import DraftingTask
from app.drafting.topics import choose_topic
from app.drafting.voice import Phrase, Voice
from app.llm.gateway import Gateway


def compose(
    task: DraftingTask,
    *,
    voice: Voice,
    encoder: Encoder,
    measure: Callable[[str], int],
    topic_from: Gateway | None,
) -> str:
    """The fullest composition that fits the limit.

    `topic_from` fills a topic where no opening suits; None leaves it out. Raises `ModelFault` when that model
    is not there and `NoDraftPossible` when no approved wording fits.
    """
    variant = approved_variant(task, measure=measure)
    book = phrasebook(voice, encoder)
    message = encoder.encode([task.customer_text])[0]
    opening, closing = book.openings.nearest(message), book.closings.nearest(message)
    first = freshest(opening, task.recent_replies)
    last = freshest(closing, task.recent_replies) if not is_used(closing, task.recent_replies) else ""
    topic = None
    if opening.is_neutral and topic_from is not None:
        topic = choose_topic(task, voice=voice, gateway=topic_from)
    phrases = [(first, last), (first, ""), ("", "")]
    if topic is not None:
        phrases.insert(0, (voice.topic_opening.format(topic=topic), last))
    for before, after in phrases:
        frame = frame_of(voice, task.network, text=variant, opening=before, closing=after)
        text = frame.around(variant, public=task.public)
        if fits(text, task, measure=measure):
            return text
    return variant


def freshest(phrase: Phrase, replies: tuple[str, ...]) -> str:
    """The first wording that no recent public reply holds, else the one that was used longest ago."""
    return max(phrase.texts, key=lambda text: _replies_since(text, replies))


def is_used(phrase: Phrase, replies: tuple[str, ...]) -> bool:
    """Whether recent public replies hold every wording of it: then the reply is better without."""
    return all(_replies_since(text, replies) < len(replies) for text in phrase.texts)


def _replies_since(text: str, replies: tuple[str, ...]) -> int:
    """How many replies ago these words were used; all of them when never."""
    words = said_in(text)
    return next((ago for ago, reply in enumerate(replies) if words and words <= said_in(reply)), len(replies))
