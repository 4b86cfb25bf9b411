"""A reply of approved words: the entry's variant word for word, between the voice's opening and closing."""

from collections.abc import Callable

from app.drafting.approved import Frame, approved_variant, fits
from app.drafting.phrasebook import Encoder, phrasebook
from app.drafting.tasks import DraftingTask
from app.drafting.topics import choose_topic
from app.drafting.voice import Voice
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
    opening = book.openings.nearest(message)
    closing = book.closings.nearest(message)
    topic = None
    if opening.is_neutral and topic_from is not None:
        topic = choose_topic(task, voice=voice, gateway=topic_from)
    signature = voice.signature_for(task.network)
    plain = Frame(opening.text, closing.text, signature)
    frames = [plain, Frame(opening.text, "", signature), Frame("", "", signature)]
    if topic is not None:
        frames.insert(0, Frame(voice.topic_opening.format(topic=topic), closing.text, signature))
    for frame in frames:
        text = frame.around(variant, public=task.public)
        if fits(text, task, measure=measure):
            return text
    return variant
