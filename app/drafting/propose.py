"""The ladder: the model writes, else approved parts are composed, else the approved variant stands alone.

What no rung can answer goes to a person. Nothing here sends, stores or decides who signs.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.checks.switch_ground import SwitchGround
from app.drafting.approved import NothingFits, approved_variant, dressed, fits, frame_of
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

NO_MODEL = "No language model answered"
WORDING_ALONE = "This is the approved wording alone."
OWN_WORDS_FAILED = "The model's own words could not be used"
APPROVED_PARTS = "This is put together from approved ones."
NO_ROOM = "The approved answer is too long for this channel, so this asks the customer to go on in private."
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
        return _from_the_top(ladder)
    except NoDraftPossible as refusal:
        without_room = ladder.moved() if isinstance(refusal, NothingFits) else None
        if (fitting := ladder.approved_but_shorter() or without_room) is None:
            raise
        return fitting


def _from_the_top(ladder: "_Ladder") -> Proposal:
    gateway = ladder.gateway
    try:
        return ladder.written() if gateway.kind is ModelKind.ENDPOINT else ladder.composed_with_topic()
    except ModelFault as fault:
        if fault.is_absence:
            return _explained(ladder.alone, f"{NO_MODEL}. {fault.detail}", WORDING_ALONE)
        return _explained(ladder.composed, f"{OWN_WORDS_FAILED}. {fault.detail}", APPROVED_PARTS)
    except NotAcceptable as problem:
        why = f"{OWN_WORDS_FAILED}: {', '.join(problem.findings)}."
        return _explained(ladder.composed, why, APPROVED_PARTS)


def _explained(rung: Callable[[str], Proposal], why: str, consequence: str) -> Proposal:
    """The rung's proposal with both; a person who has to write instead is told why the model did not."""
    try:
        return rung(f"{why} {consequence}")
    except NoDraftPossible as problem:
        raise type(problem)(f"{problem.detail} {why}") from problem


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
        shorter = self._shortened(problem.draft.text, signature=self._signature(problem.draft.text))
        if set(problem.findings) - {TOO_LONG, LENGTH_CHECK} or shorter is None:
            raise problem
        return Proposal(shorter.text, Strategy.WRITE, shorter.note, problem.draft.evidence_used)

    def _signature(self, text: str) -> str:
        return frame_of(self.voice, self.task.network, text=text).signature

    def approved_but_shorter(self) -> Proposal | None:
        """An approved wording without some sentences, where no whole one fits."""
        entry = self.task.evidence[0]
        for wording in (entry.public_short if self.task.public else entry.private_long, entry.answer):
            if wording is not None and (shorter := self._shortened(wording, signature="")) is not None:
                return Proposal(shorter.text, Strategy.VARIANT, shorter.note, (entry.entry_id,))
        return None

    def _shortened(self, text: str, *, signature: str) -> Shortened | None:
        """What is left passes every check, or there is nothing."""
        frame = Frame(
            openings=[text for phrase in self.voice.openings for text in phrase.texts if text],
            closings=[text for phrase in self.voice.closings for text in phrase.texts if text],
            signature=signature,
        )
        sources = [words for one in self.task.evidence for words in one.approved_words]
        fitting = shorten(
            text, frame=frame, sources=sources, fits=lambda cut: fits(cut, self.task, measure=self.measure)
        )
        return fitting if fitting is not None and not self.acceptable(fitting.text) else None

    def composed_with_topic(self) -> Proposal:
        if self.gateway.kind is ModelKind.MISSING:
            raise ModelFault(FaultKind.MISSING, "None is configured.")
        if not self.gateway.is_reachable():
            raise ModelFault(FaultKind.UNREACHABLE, "Nothing listens where the bundled model should be.")
        return self.composed(None, topic_from=self.gateway)

    def composed(self, note: str | None, *, topic_from: Gateway | None = None) -> Proposal:
        text = compose(
            self.task, voice=self.voice, encoder=self.encoder, measure=self.measure, topic_from=topic_from
        )
        if findings := self.acceptable(text):
            failed = f"{PARTS_FAILED}: {', '.join(findings)}."
            return self.alone(failed if note is None else f"{note} {failed}")
        return Proposal(text, Strategy.COMPOSE, note, (self.task.evidence[0].entry_id,))

    def alone(self, note: str) -> Proposal:
        variant = approved_variant(self.task, measure=self.measure)
        text = dressed(variant, self.voice, self.task.network)
        if not fits(text, self.task, measure=self.measure) or self.acceptable(text):
            text = variant
        entry_id = self.task.evidence[0].entry_id
        if findings := self.acceptable(text):
            raise NoDraftPossible(f"The approved wording of {entry_id} fails here: {', '.join(findings)}.")
        return Proposal(text, Strategy.VARIANT, note, (entry_id,))

    def moved(self) -> Proposal | None:
        """Approved words that ask for a private message, where the answer has no room in public."""
        ground = SwitchGround.TOO_MUCH_INFORMATION
        texts = self.voice.moves.get(ground, {})
        spoken = self.voice.language_of(self.task.evidence[0].answer)
        text = texts.get(spoken)
        if not self.task.public or text is None or not fits(text, self.task, measure=self.measure):
            return None
        entry_id = self.task.evidence[0].entry_id
        return Proposal(text, Strategy.VARIANT, NO_ROOM, (entry_id,), switch_ground=ground)
