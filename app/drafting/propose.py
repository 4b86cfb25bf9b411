"""The ladder: the model writes, else approved parts are composed, else the approved variant stands alone.

What no rung can answer goes to a person. Nothing here sends, stores or decides who signs.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.drafting.approved import approved_variant, fits
from app.drafting.compose import compose
from app.drafting.models import Strategy
from app.drafting.phrasebook import Encoder
from app.drafting.shorten import Frame, Shortened, shorten
from app.drafting.tasks import DraftingTask, NoDraftPossible, Proposal
from app.drafting.voice import Voice
from app.drafting.write import TOO_LONG, NotAcceptable, write
from app.llm.endpoint import ModelKind
from app.llm.faults import FaultKind, ModelFault
from app.llm.gateway import Gateway

NO_MODEL = "No language model answered; this is the approved wording alone."
OWN_WORDS_FAILED = "The model's own words could not be used, so this is put together from approved ones"
PARTS_FAILED = "This is the approved wording alone; with an opening and closing it failed"

LENGTH_CHECK = "length"
Acceptable = Callable[[str], list[str]]  # names of the blocking findings about a text; [] when it is fine


def propose(
    task: DraftingTask,
    *,
    voice: Voice,
    gateway: Gateway,
    encoder: Encoder,
    measure: Callable[[str], int],
    acceptable: Acceptable,
) -> Proposal:
    """The best draft that can be made. Raises `NoDraftPossible` when a person must write it."""
    ladder = _Ladder(task, voice, gateway, encoder, measure, acceptable)
    try:
        return _climb_down(ladder)
    except NoDraftPossible as refusal:
        return ladder.approved_but_shorter(refusal)


def _climb_down(ladder: "_Ladder") -> Proposal:
    gateway = ladder.gateway
    try:
        return ladder.written() if gateway.kind is ModelKind.ENDPOINT else ladder.composed_with_topic()
    except ModelFault as fault:
        return (
            ladder.alone(NO_MODEL)
            if fault.is_absence
            else ladder.composed(f"{OWN_WORDS_FAILED}: {fault.detail}")
        )
    except NotAcceptable as problem:
        return ladder.composed(f"{OWN_WORDS_FAILED}: {', '.join(problem.findings)}.")


@dataclass(frozen=True)
class _Ladder:
    """The rungs, from the boldest down."""

    task: DraftingTask
    voice: Voice
    gateway: Gateway
    encoder: Encoder
    measure: Callable[[str], int]
    acceptable: Acceptable

    def written(self) -> Proposal:
        try:
            reply = write(
                self.task,
                voice=self.voice,
                gateway=self.gateway,
                measure=self.measure,
                acceptable=self.acceptable,
            )
        except NotAcceptable as problem:
            return self.written_but_shorter(problem)
        return Proposal(reply.text, Strategy.WRITE, None, reply.evidence_used)

    def written_but_shorter(self, problem: NotAcceptable) -> Proposal:
        """The model's words without some sentences, where length was all that was wrong with them."""
        shorter = self._shortened(problem.draft.text, signature=self.voice.signature_for(self.task.network))
        if set(problem.findings) - {TOO_LONG, LENGTH_CHECK} or shorter is None:
            raise problem
        return Proposal(shorter.text, Strategy.WRITE, shorter.note, problem.draft.evidence_used)

    def approved_but_shorter(self, refusal: NoDraftPossible) -> Proposal:
        """An approved wording without some sentences, where no whole one fits. Raises `refusal` otherwise."""
        entry = self.task.evidence[0]
        for wording in (entry.public_short if self.task.public else entry.private_long, entry.answer):
            if wording is not None and (shorter := self._shortened(wording, signature="")) is not None:
                return Proposal(shorter.text, Strategy.VARIANT, shorter.note, (entry.entry_id,))
        raise refusal

    def _shortened(self, text: str, *, signature: str) -> Shortened | None:
        """What is left passes every check, or there is nothing."""
        frame = Frame(
            openings=[phrase.text for phrase in self.voice.openings if phrase.text],
            closings=[phrase.text for phrase in self.voice.closings if phrase.text],
            signature=signature,
        )
        sources = [words for one in self.task.evidence for words in one.approved_words]
        fitting = shorten(
            text, frame=frame, sources=sources, fits=lambda cut: fits(cut, self.task, measure=self.measure)
        )
        return fitting if fitting is not None and not self.acceptable(fitting.text) else None

    def composed_with_topic(self) -> Proposal:
        if not self.gateway.is_reachable():
            raise ModelFault(FaultKind.UNREACHABLE, "Nothing listens where the bundled model should be.")
        return self.composed(None, topic_from=self.gateway)

    def composed(self, note: str | None, *, topic_from: Gateway | None = None) -> Proposal:
        text = compose(
            self.task, voice=self.voice, encoder=self.encoder, measure=self.measure, topic_from=topic_from
        )
        if findings := self.acceptable(text):
            return self.alone(f"{PARTS_FAILED}: {', '.join(findings)}.")
        return Proposal(text, Strategy.COMPOSE, note, (self.task.evidence[0].entry_id,))

    def alone(self, note: str) -> Proposal:
        text = approved_variant(self.task, measure=self.measure)
        entry_id = self.task.evidence[0].entry_id
        if findings := self.acceptable(text):
            raise NoDraftPossible(f"The approved wording of {entry_id} fails here: {', '.join(findings)}.")
        return Proposal(text, Strategy.VARIANT, note, (entry_id,))
