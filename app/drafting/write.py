"""A reply in the model's own words: every sentence names its sources, and code judges every draft."""

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from app.core.hidden import without_hidden
from app.drafting.approved import fits, with_signature
from app.drafting.tasks import DraftingTask
from app.drafting.voice import Voice
from app.llm.gateway import Gateway
from app.llm.prompts import RenderedPrompt, render_prompt

MOST_TOKENS = 4000  # models that think before they answer spend most of it on that
ROUNDS = 2  # the draft and one repair


class Sentence(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str
    entries: list[str]  # ids of the approved answers it stands on


class WrittenReply(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sentences: list[Sentence]


class NotAcceptable(Exception):
    """The model's draft failed checks, and its repair too."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__(", ".join(findings))
        self.findings = findings


@dataclass(frozen=True)
class Written:
    text: str
    evidence_used: tuple[str, ...]


def write(
    task: DraftingTask,
    *,
    voice: Voice,
    gateway: Gateway,
    measure: Callable[[str], int],
    acceptable: Callable[[str], list[str]],
) -> Written:
    """A draft that passes every check. Raises `NotAcceptable` after one repair, `ModelFault` if none came."""
    previous, findings = "", list[str]()
    for _ in range(ROUNDS):
        prompt = _prompt(task, voice=voice, measure=measure, previous=previous, findings=findings)
        reply = gateway.ask(prompt, WrittenReply, max_tokens=MOST_TOKENS, message_id=task.message_id)
        previous = _as_seen(reply)
        text = with_signature(previous, voice.signature_for(task.network))
        findings = [*_findings(reply, text, task=task, measure=measure), *acceptable(text)]
        if not findings:
            cited = {entry for sentence in reply.sentences for entry in sentence.entries}
            return Written(text, tuple(e.entry_id for e in task.evidence if e.entry_id in cited))
    raise NotAcceptable(findings)


def _as_seen(reply: WrittenReply) -> str:
    """The sentences in a row, without characters that nobody can see."""
    said = (without_hidden(sentence.text).strip() for sentence in reply.sentences)
    return " ".join(sentence for sentence in said if sentence)


def _findings(
    reply: WrittenReply, text: str, *, task: DraftingTask, measure: Callable[[str], int]
) -> list[str]:
    """What only this strategy can get wrong; everything about the text itself is for the checks."""
    cited = {entry for sentence in reply.sentences for entry in sentence.entries}
    findings = []
    if cited - {evidence.entry_id for evidence in task.evidence}:
        findings.append("cites an answer that was not given")
    if not cited:
        findings.append("cites no approved answer")
    if not fits(text, task, measure=measure):
        findings.append("too long for the channel")
    return findings


def _prompt(
    task: DraftingTask, *, voice: Voice, measure: Callable[[str], int], previous: str, findings: list[str]
) -> RenderedPrompt:
    signature = with_signature("", voice.signature_for(task.network))
    return render_prompt(
        "reply",
        brand=voice.brand,
        principles=voice.principles,
        emoji=voice.emoji,
        banned_words=voice.banned_words,
        network=task.network,
        public=task.public,
        room=None if task.limit is None else task.limit - (measure(signature) if signature else 0),
        passages=task.evidence,
        thread=task.thread,
        customer_text=task.customer_text,
        previous=previous,
        findings=findings,
    )
