"""Approved wording for a channel, and what may stand around it. No model, no encoder."""

from collections.abc import Callable
from dataclasses import dataclass

from app.core.hidden import without_hidden
from app.drafting.tasks import DraftingTask, NoDraftPossible
from app.drafting.voice import Voice


class NothingFits(NoDraftPossible):
    """The approved wording is there, but too long for the channel."""


@dataclass(frozen=True)
class Frame:
    """What stands around the variant; an empty text is left out."""

    opening: str = ""
    closing: str = ""
    signature: str = ""
    greeting: str = ""

    def around(self, variant: str, *, public: bool) -> str:
        """One paragraph in public, where room is short; paragraphs in private."""
        body = [part for part in (self.opening, variant, self.closing) if part]
        text = (" " if public else "\n\n").join(body)
        return with_signature(f"{self.greeting}\n\n{text}" if self.greeting else text, self.signature)


def frame_of(voice: Voice, network: str, *, text: str, opening: str = "", closing: str = "") -> Frame:
    """The phrases with the greeting and signature that this channel's voice wants, in the text's language."""
    if not (voice.greeting_for(network) or voice.signature_for(network)):
        return Frame(opening, closing)  # telling the language costs a millisecond
    language = voice.language_of(text)
    return Frame(
        opening, closing, voice.signature_for(network, language), voice.greeting_for(network, language)
    )


def dressed(text: str, voice: Voice, network: str) -> str:
    """The text between the greeting and the signature of the channel, where its voice wants them."""
    return frame_of(voice, network, text=text).around(text, public=True)


def approved_variant(task: DraftingTask, *, measure: Callable[[str], int]) -> str:
    """The best entry's wording for this channel, word for word, without what nobody can see.

    Raises `NothingFits` when none does.
    """
    entry = task.evidence[0]
    wordings = (entry.public_short if task.public else entry.private_long, entry.answer)
    for wording in map(without_hidden, filter(None, wordings)):
        if fits(wording, task, measure=measure):
            return wording
    raise NothingFits(f"No approved wording of {entry.entry_id} fits into {task.limit} on {task.network}.")


def with_signature(text: str, signature: str) -> str:
    return f"{text}\n\n{signature}" if signature else text


def fits(text: str, task: DraftingTask, *, measure: Callable[[str], int]) -> bool:
    return task.limit is None or measure(text) <= task.limit
