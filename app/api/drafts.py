"""Decisions about drafts: edited, signed, rejected."""

from fastapi import APIRouter

from app.api.answers import DraftAnswer, RevisionAnswer
from app.api.bodies import Edit, Id, NewSignOff, Refusal
from app.api.problem_answers import WRITING, refusals
from app.api.telling import tell_draft
from app.core.clock import utc_now
from app.http.dependencies import BearerPerson
from app.http.sessions import SessionDep, commit_step
from app.review import drafts
from app.review.sign_offs import sign_off

router = APIRouter(prefix="/drafts/{draft_id}", tags=["drafts"], responses=refusals(WRITING))


@router.patch("")
def edit_draft(draft_id: Id, body: Edit, session: SessionDep, person: BearerPerson) -> RevisionAnswer:
    """Change the words of the revision that was read. Signatures given so far are void."""
    drafts.edit(
        session,
        draft_id,
        text=body.text,
        based_on=body.based_on,
        switch_ground=body.ground,
        by=person,
        at=utc_now(),
    )
    told = tell_draft(session, draft_id).revision
    commit_step(session, "edit")
    return told


@router.post("/sign-offs", status_code=201)
def create_sign_off(draft_id: Id, body: NewSignOff, session: SessionDep, person: BearerPerson) -> DraftAnswer:
    """Sign exactly what was read. The last signature needed queues the posting."""
    sign_off(session, draft_id, by=person, role=body.role, fingerprint=body.fingerprint, at=utc_now())
    told = tell_draft(session, draft_id)
    commit_step(session, "sign_off")
    return told


@router.post("/rejection", status_code=201)
def create_rejection(draft_id: Id, body: Refusal, session: SessionDep, person: BearerPerson) -> DraftAnswer:
    """Refuse a draft. Nothing of it will be sent; the message goes to a person."""
    drafts.reject(session, draft_id, reason=body.reason, by=person, at=utc_now())
    return tell_draft(session, draft_id)
