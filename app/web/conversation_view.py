"""One conversation as its page shows it: what was said, and the one thing in it to decide now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.conversations.models import Conversation, Direction, Message, Outcome
from app.delivery.models import Delivery
from app.drafting.models import Draft
from app.review.queries import LIVE, ConversationFile
from app.staff.models import Person, Role
from app.triage.orders_noticed import OrderNoticed, Where, orders_of
from app.web.draft_view import DraftView, draft_view, signing_words
from app.web.drafts_of_message import drafts_of
from app.web.marks import Mark, Marked, Segment, segments

ORDER = "Reads like an order to the machine"


@dataclass(frozen=True)
class Bubble:
    """One message, of the customer or ours."""

    message: Message
    text: list[Segment]
    is_ours: bool
    is_focus: bool
    outcome: Outcome | None
    change: Draft | None  # a correction or deletion of it that is being decided
    can_change: bool
    author: list[Segment]
    gives_orders: bool  # to the machine, by its words or its author's name


@dataclass(frozen=True)
class Waiting:
    """Something else in this conversation that waits for people."""

    message_id: int
    text: str


@dataclass(frozen=True)
class ConversationView:
    conversation: Conversation
    bubbles: list[Bubble]
    message: Message | None  # the customer's message that is being answered
    draft: DraftView | None
    answer: Draft | None  # the answer that is being decided or was posted, which a first reply is not
    beside: Draft | None  # also being decided for this message
    can_acknowledge: bool  # nobody has sent a first reply yet
    is_open: bool  # it still waits for an answer or an outcome
    owner: Person | None
    others: list[Waiting]
    earlier: list[DraftView]  # drafts that are over, newest first


def conversation_view(
    file: ConversationFile,
    *,
    viewer: Person,
    deliveries: Sequence[Delivery],
    message_id: int | None,
    draft_id: int | None = None,
    role: Role = Role.AGENT,
    now: datetime,
) -> ConversationView:
    live = {draft.message_id for draft in file.drafts if draft.status in LIVE}
    message = _focus(file, live, message_id)
    shown = drafts_of(file, message, draft_id=draft_id, role=role)
    current = shown.current
    views = {
        draft.id: draft_view(file, draft, viewer=viewer, deliveries=deliveries, today=now.date())
        for draft in file.drafts
        if message is not None and draft.message_id == message.id
    }
    return ConversationView(
        conversation=file.conversation,
        bubbles=[_bubble(file, one, current, message) for one in file.conversation.messages],
        message=message,
        draft=views[current.id] if current else None,
        answer=shown.answer,
        beside=shown.beside,
        can_acknowledge=shown.can_acknowledge,
        is_open=bool(message and message.is_open),
        owner=file.owner,
        others=[
            Waiting(one.id, one.text)
            for one in file.conversation.messages
            if one is not message and (one.is_open or one.id in live)
        ],
        earlier=[view for view in reversed(views.values()) if view.draft not in (current, shown.beside)],
    )


def _focus(file: ConversationFile, live: set[int | None], message_id: int | None) -> Message | None:
    """The message asked for, else the first that waits, else the last the customer wrote."""
    inbound = [one for one in file.conversation.messages if one.direction is Direction.INBOUND]
    asked = [one for one in inbound if one.id == message_id]
    waiting = [one for one in inbound if one.is_open or one.id in live]
    return next(iter(asked or waiting or inbound[-1:]), None)


def _bubble(file: ConversationFile, message: Message, current: Draft | None, focus: Message | None) -> Bubble:
    is_ours = message.direction is Direction.OUTBOUND
    is_focus = message is focus
    change = next((one for one in file.drafts if one.corrects_id == message.id and one.status in LIVE), None)
    answered = any(
        draft.status in LIVE
        and draft.message is not None
        and draft.message.external_id == message.in_reply_to
        for draft in file.drafts
    )
    noticed = orders_of(file.triaged.get(message.id))
    signing = signing_words(current.latest) if current and is_focus else []
    return Bubble(
        message=message,
        text=segments(message.text, signing + _marked(noticed, Where.MESSAGE)),
        is_ours=is_ours,
        is_focus=is_focus,
        outcome=file.outcomes.get(message.id),
        change=change,
        can_change=is_ours and message.deleted_at is None and not answered,
        author=segments(message.author, _marked(noticed, Where.NAME)),
        gives_orders=bool(noticed),
    )


def _marked(noticed: Sequence[OrderNoticed], where: Where) -> list[Marked]:
    return [Marked(one.words, Mark.ORDER, ORDER) for one in noticed if one.where is where]
