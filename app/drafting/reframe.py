"""The approved answer that a person chose, put where another stood, at once: without model and encoder.

The voice's opening and closing were chosen by the customer's message, which is still the same; so those
of the draft that the machine made first are kept.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from app.drafting.approved import Frame, approved_variant, fits, frame_of
from app.drafting.models import Strategy
from app.drafting.tasks import DraftingTask, NoDraftPossible, Proposal
from app.drafting.voice import Phrase, Voice


def reframe(
    task: DraftingTask,
    *,
    voice: Voice,
    made_first: str,
    measure: Callable[[str], int],
    acceptable: Callable[[str], list[str]],
) -> Proposal:
    """The fullest composition of the first evidence that fits and that no check refuses.

    `made_first` is the machine's own first draft for the same message, empty when it made none. Raises
    `NoDraftPossible` when not even the approved wording alone can be offered.
    """
    variant = approved_variant(task, measure=measure)
    entry_id = task.evidence[0].entry_id
    for frame in _frames(voice, made_first, fixed=frame_of(voice, task.network, text=variant)):
        text = frame.around(variant, public=task.public)
        if fits(text, task, measure=measure) and not acceptable(text):
            return Proposal(text, Strategy.COMPOSE, None, (entry_id,))
    if findings := acceptable(variant):
        raise NoDraftPossible(f"The approved wording of {entry_id} fails here: {', '.join(findings)}.")
    return Proposal(variant, Strategy.VARIANT, None, (entry_id,))


def _frames(voice: Voice, made_first: str, *, fixed: Frame) -> Iterator[Frame]:
    body = made_first.removesuffix(fixed.signature).removeprefix(fixed.greeting).strip()
    opening = _phrase(voice.openings, body.startswith)
    closing = _phrase(voice.closings, body.endswith)
    yield replace(fixed, opening=opening, closing=closing)
    yield replace(fixed, opening=opening)
    yield fixed


def _phrase(phrases: tuple[Phrase, ...], stands: Callable[[str], bool]) -> str:
    """The longest of the phrases that stands there, else the neutral one."""
    neutral = next(phrase.text for phrase in phrases if phrase.is_neutral)
    texts = (text for one in phrases for text in one.texts)
    return max((text for text in texts if text and stands(text)), key=len, default=neutral)
