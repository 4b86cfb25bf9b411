"""Customers' messages: handed in, answered in own words, ignored; and the conversations they form."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.answers import ConversationAnswer, DraftAnswer, QueueAnswer, ReceivedAnswer, WaitingAnswer
from app.api.bodies import LARGEST_ID, Empty, Id, NewMessage, OwnAnswer, Refusal
from app.api.problem_answers import READING, WRITING, refusals
from app.api.telling import tell_conversation, tell_draft
from app.conversations.intake import receive
from app.conversations.models import Message
from app.core.clock import utc_now
from app.http.dependencies import BearerPerson
from app.http.sessions import SessionDep, commit_step, read_one_moment
from app.review.acknowledging import acknowledge
from app.review.answers import answer_without_draft
from app.review.drafts import ignore_message
from app.review.queries import queue_count, review_queue
from app.staff.models import Role
from app.staff.permissions import Action, require

router = APIRouter(tags=["messages"])


@router.post(
    "/messages",
    status_code=202,
    responses={200: {"model": ReceivedAnswer, "description": "Already known."}, **refusals(WRITING)},
)
def receive_message(
    body: NewMessage, session: SessionDep, person: BearerPerson, response: Response
) -> ReceivedAnswer:
    """Hand in a customer's message: stored once per account and external id, however often it is sent."""
    require(person, Action.HAND_IN)
    at = utc_now()
    received = receive(session, body.incoming(at=at), at=at)
    commit_step(session, "intake")
    response.status_code = 202 if received.is_new else 200
    return ReceivedAnswer(conversation_id=received.conversation_id, message_id=received.message_id)


@router.get("/conversations/{conversation_id}", responses=refusals(READING))
def read_conversation(conversation_id: Id, session: SessionDep, person: BearerPerson) -> ConversationAnswer:
    """One conversation with its messages, and its drafts with their evidence, oldest first."""
    require(person, Action.READ)
    read_one_moment(session)
    return tell_conversation(session, conversation_id)


@router.get("/queue", responses=refusals(READING))
def read_queue(
    session: SessionDep,
    person: BearerPerson,
    role: Role = Role.AGENT,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0,
) -> QueueAnswer:
    """What waits for a role, first due first."""
    require(person, Action.READ)
    rows = review_queue(session, role=role, limit=limit, offset=offset)
    waiting = [
        WaitingAnswer(
            message_id=row.message_id,
            conversation_id=row.conversation_id,
            channel=row.network,
            visibility=row.visibility,
            author=row.author,
            text=row.text,
            due_at=row.due_at,
            draft_id=row.draft_id,
            draft_status=row.draft_status,
            draft_purpose=row.draft_purpose,
            waits_for=list(row.waits_for),
            reason=row.reason,
        )
        for row in rows
    ]
    return QueueAnswer(role=role, count=queue_count(session, role=role), messages=waiting)


@router.post("/messages/{message_id}/answer", status_code=201, responses=refusals(WRITING))
def answer_message(message_id: Id, body: OwnAnswer, session: SessionDep, person: BearerPerson) -> DraftAnswer:
    """Answer in one's own words. It becomes a draft that needs the same signatures as any other."""
    draft = answer_without_draft(
        session, message_id, text=body.text, switch_ground=body.switch_ground, by=person, at=utc_now()
    )
    return tell_draft(session, draft.id)


@router.post("/messages/{message_id}/acknowledgement", status_code=201, responses=refusals(WRITING))
def create_acknowledgement(
    message_id: Id, session: SessionDep, person: BearerPerson, body: Empty | None = None
) -> DraftAnswer:
    """Propose the approved first reply of the message's topic, signed and posted like any reply.

    It is no answer: the message stays open and its clocks run on.
    """
    draft = acknowledge(session, message_id, by=person, at=utc_now())
    return tell_draft(session, draft.id)


@router.post("/messages/{message_id}/ignore", status_code=201, responses=refusals(WRITING))
def ignore(message_id: Id, body: Refusal, session: SessionDep, person: BearerPerson) -> ConversationAnswer:
    """End a message without an answer, for a stated reason."""
    ignore_message(session, message_id, reason=body.reason, by=person, at=utc_now())
    session.flush()
    return tell_conversation(session, session.get_one(Message, message_id).conversation_id)
