"""A reply in the model's own words: every sentence names its sources, and code judges every draft."""

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from app.channels.blank_lines import without_blank_lines
from app.core.hidden import without_hidden
from app.drafting.approved import dressed, fits, frame_of
from app.drafting.manner import manner_of
from app.drafting.tasks import DraftingTask
from app.drafting.voice import Voice
from app.llm.gateway import Gateway
from app.llm.prompts import RenderedPrompt, render_prompt

MOST_TOKENS = 4000  # models that think before they answer spend most of it on that
ROUNDS = 2  # the draft and one repair
LONGEST_DRAFT = 10_000  # characters; what is longer is judged unread, and not sent back to be repaired whole
TOO_LONG = "too long for the channel"
FAR_TOO_LONG = "far too long for the channel"


class Sentence(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str
    entries: list[str]  # ids of the approved answers it stands on


class WrittenReply(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sentences: list[Sentence]


class NotAcceptable(Exception):
    """The model's draft failed checks, and its repair too. The repair is kept: it may only be too long."""

    def __init__(self, findings: list[str], draft: "Written") -> None:
        super().__init__(", ".join(findings))
        self.findings = findings
        self.draft = draft


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
        text = dressed(previous, voice, task.network)
        cited = {entry for sentence in reply.sentences for entry in sentence.entries}
        draft = Written(text, tuple(e.entry_id for e in task.evidence if e.entry_id in cited))
        if len(text) > LONGEST_DRAFT:
            previous, findings = previous[:LONGEST_DRAFT], [FAR_TOO_LONG]
            continue
        findings = [*_findings(reply, text, task=task, measure=measure), *acceptable(text)]
        if not findings:
            return draft
    raise NotAcceptable(findings, draft)


def _as_seen(reply: WrittenReply) -> str:
    """The sentences in a row, without characters that nobody can see."""
    said = (without_hidden(sentence.text).strip() for sentence in reply.sentences)
    return without_blank_lines(" ".join(sentence for sentence in said if sentence))


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
        findings.append(TOO_LONG)
    return findings


def _prompt(
    task: DraftingTask, *, voice: Voice, measure: Callable[[str], int], previous: str, findings: list[str]
) -> RenderedPrompt:
    around = frame_of(voice, task.network, text=task.customer_text).around("", public=task.public)
    topic = task.evidence[0].entry_id.partition("/")[0]
    manner = manner_of(voice, task.network, customer_text=task.customer_text, topic=topic)
    return render_prompt(
        "reply",
        brand=voice.brand,
        principles=voice.principles,
        register=manner.register,
        manner=manner.rules,
        examples=manner.examples,
        banned_words=voice.banned_words,
        network=task.network,
        public=task.public,
        room=None if task.limit is None else task.limit - measure(around),
        passages=task.evidence,
        thread=task.thread,
        customer_text=task.customer_text,
        previous=previous,
        findings=findings,
    )
