"""One conversation: what was said, the draft, and why it is as it is."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.http.dependencies import SignedIn
from app.http.sessions import SessionDep, read_one_moment
from app.staff.permissions import Action, require
from app.web.conversation_page import conversation_answer
from app.web.forms import Queue
from app.web.ids import Id
from app.web.way import Done, own_queue

router = APIRouter()


@router.get("/conversations/{conversation_id}")
def show_conversation(
    request: Request,
    session: SessionDep,
    signed: SignedIn,
    conversation_id: Id,
    message: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    draft: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    role: Queue | None = None,
    done: Done | None = None,
    was: Annotated[int, Query(ge=0, lt=2**63)] = 0,
    find: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    require(signed.person, Action.READ)
    read_one_moment(session)
    return conversation_answer(
        request,
        session,
        signed,
        conversation_id,
        queue=role or own_queue(signed.person),
        message_id=message,
        draft_id=draft,
        done=done,
        was=was,
        find=find,
    )
