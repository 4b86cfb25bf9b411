"""A reply of approved words: the entry's variant word for word, between the voice's opening and closing."""

from collections.abc import Callable
from dataclasses import dataclass

from app.drafting.phrasebook import Encoder, phrasebook
from app.drafting.tasks import DraftingTask, NoDraftPossible
from app.drafting.topics import choose_topic
from app.drafting.voice import Voice
from app.llm.gateway import Gateway


@dataclass(frozen=True)
class Frame:
    """What stands around the variant; an empty text is left out."""

    opening: str = ""
    closing: str = ""
    signature: str = ""

    def around(self, variant: str, *, public: bool) -> str:
        """One paragraph in public, where room is short; paragraphs in private."""
        body = [part for part in (self.opening, variant, self.closing) if part]
        text = (" " if public else "\n\n").join(body)
        return with_signature(text, self.signature)


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


def approved_variant(task: DraftingTask, *, measure: Callable[[str], int]) -> str:
    """The best entry's wording for this channel, word for word. Raises `NoDraftPossible` when none fits."""
    entry = task.evidence[0]
    wordings = (entry.public_short if task.public else entry.private_long, entry.answer)
    for wording in wordings:
        if wording is not None and fits(wording, task, measure=measure):
            return wording
    raise NoDraftPossible(
        f"No approved wording of {entry.entry_id} fits into {task.limit} on {task.network}."
    )


def with_signature(text: str, signature: str) -> str:
    return f"{text}\n\n{signature}" if signature else text


def fits(text: str, task: DraftingTask, *, measure: Callable[[str], int]) -> bool:
    return task.limit is None or measure(text) <= task.limit
