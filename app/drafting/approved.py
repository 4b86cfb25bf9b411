"""Approved wording for a channel, and what may stand around it. No model, no encoder."""

from collections.abc import Callable
from dataclasses import dataclass

from app.core.hidden import without_hidden
from app.drafting.tasks import DraftingTask, NoDraftPossible


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


def approved_variant(task: DraftingTask, *, measure: Callable[[str], int]) -> str:
    """The best entry's wording for this channel, word for word, without what nobody can see.

    Raises `NoDraftPossible` when none fits.
    """
    entry = task.evidence[0]
    wordings = (entry.public_short if task.public else entry.private_long, entry.answer)
    for wording in map(without_hidden, filter(None, wordings)):
        if fits(wording, task, measure=measure):
            return wording
    raise NoDraftPossible(
        f"No approved wording of {entry.entry_id} fits into {task.limit} on {task.network}."
    )


def with_signature(text: str, signature: str) -> str:
    return f"{text}\n\n{signature}" if signature else text


def fits(text: str, task: DraftingTask, *, measure: Callable[[str], int]) -> bool:
    return task.limit is None or measure(text) <= task.limit
