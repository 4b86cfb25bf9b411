"""What programs read: the names are promises, so they are written down here and nowhere else."""

from datetime import datetime

from pydantic import BaseModel

from app.checks.switch_ground import SwitchGround
from app.conversations.models import Direction, Network, OutcomeKind, Purpose, Visibility
from app.delivery.models import DeliveryStatus
from app.drafting.models import Act, DraftStatus, Strategy
from app.retrieval.models import Verdict
from app.staff.models import Role


class ReceivedAnswer(BaseModel):
    conversation_id: int
    message_id: int


class OutcomeAnswer(BaseModel):
    kind: OutcomeKind
    reason: str | None


class MessageAnswer(BaseModel):
    id: int
    external_id: str
    direction: Direction
    author: str
    text: str
    visibility: Visibility
    sent_at: datetime
    received_at: datetime
    in_reply_to: str | None
    outcome: OutcomeAnswer | None
    due_at: datetime | None  # when the public promise falls due


class PassageAnswer(BaseModel):
    entry_id: str
    version: int
    score: float
    question: str


class CheckAnswer(BaseModel):
    name: str
    passed: bool
    detail: str
    blocks: bool  # while it fails nobody can sign


class RevisionAnswer(BaseModel):
    """Exact words; `text` is what will be posted, byte for byte."""

    number: int
    text: str
    fingerprint: str
    length: int
    limit: int | None
    passages: list[PassageAnswer]
    checks: list[CheckAnswer]


class RequiredSignOffAnswer(BaseModel):
    role: Role
    reason: str
    signed_by: str | None  # handle of whose signature stands


class DeliveryAnswer(BaseModel):
    id: int
    status: DeliveryStatus
    external_id: str | None
    detail: str | None


class DraftAnswer(BaseModel):
    id: int
    message_id: int | None
    status: DraftStatus
    strategy: Strategy
    note: str | None
    reason: str | None
    act: Act
    purpose: Purpose  # an acknowledgement is no answer: its message stays open
    switch_ground: SwitchGround | None  # why it moves the customer to another channel
    revision: RevisionAnswer
    required_sign_offs: list[RequiredSignOffAnswer]
    delivery: DeliveryAnswer | None


class JudgementAnswer(BaseModel):
    """What somebody said about a match, beside what the machine had put first."""

    id: int
    message_id: int
    verdict: Verdict
    entry_id: str | None  # none: no entry answers the message
    machine_entry_id: str | None
    machine_score: float | None
    judged_at: datetime
    withdrawn_at: datetime | None
    draft: DraftAnswer | None  # what waits for the message now


class OwnerAnswer(BaseModel):
    role: Role | None
    person: str | None
    reason: str | None


class ConversationAnswer(BaseModel):
    id: int
    channel: Network
    account: str
    messages: list[MessageAnswer]
    drafts: list[DraftAnswer]  # oldest first
    owner: OwnerAnswer | None


class WaitingAnswer(BaseModel):
    message_id: int
    conversation_id: int
    channel: Network
    visibility: Visibility
    author: str
    text: str
    due_at: datetime | None
    draft_id: int | None
    draft_status: DraftStatus | None
    draft_purpose: Purpose | None  # with an answer and a first reply waiting, the message stands here twice
    waits_for: list[Role]
    reason: str | None


class QueueAnswer(BaseModel):
    role: Role
    count: int  # of all that wait, however many are listed
    messages: list[WaitingAnswer]


class SendingAnswer(BaseModel):
    on: bool
    reason: str | None
    changed_by: str | None
    changed_at: datetime
