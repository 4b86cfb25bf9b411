"""What was posted or may have been: corrected, taken back, settled; and the switch that stops all posting."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from app.api.answers import DeliveryAnswer, DraftAnswer, SendingAnswer
from app.api.bodies import Empty, Id, OwnWords, Resolution, Switching
from app.api.problem_answers import READING, WRITING, refusals
from app.api.telling import tell_delivery, tell_draft
from app.core.clock import utc_now
from app.delivery.models import Delivery, SendingSwitch
from app.delivery.records import resolve
from app.delivery.switch import sending_switch, switch_sending
from app.http.dependencies import BearerPerson
from app.http.sessions import SessionDep
from app.review.answers import change_posted_reply
from app.staff.models import Person
from app.staff.permissions import Action, require

router = APIRouter(tags=["posting"])


@router.post("/replies/{message_id}/correction", status_code=201, responses=refusals(WRITING))
def create_correction(
    message_id: Id, body: OwnWords, session: SessionDep, person: BearerPerson
) -> DraftAnswer:
    """Propose other words for a reply that we posted. Signed like any reply."""
    draft = change_posted_reply(session, message_id, text=body.text, by=person, at=utc_now())
    return tell_draft(session, draft.id)


@router.post("/replies/{message_id}/deletion", status_code=201, responses=refusals(WRITING))
def create_deletion(
    message_id: Id, session: SessionDep, person: BearerPerson, body: Empty | None = None
) -> DraftAnswer:
    """Propose to take back a reply that we posted. Signed like any reply."""
    draft = change_posted_reply(session, message_id, text=None, by=person, at=utc_now())
    return tell_draft(session, draft.id)


@router.post("/deliveries/{delivery_id}/resolution", status_code=201, responses=refusals(WRITING))
def create_resolution(
    delivery_id: Id, body: Resolution, session: SessionDep, person: BearerPerson
) -> DeliveryAnswer:
    """Say whether a post that nobody was sure of arrived. If not, its words go back to be signed."""
    resolve(
        session,
        delivery_id,
        arrived=body.arrived,
        external_id=body.external_id,
        by=person,
        at=utc_now(),
    )
    return tell_delivery(session.get_one(Delivery, delivery_id))


@router.get("/sending", responses=refusals(READING))
def read_sending(session: SessionDep, person: BearerPerson) -> SendingAnswer:
    """Whether anything is posted at all, who decided that, and why."""
    require(person, Action.READ)
    return _tell(session, sending_switch(session))


@router.put("/sending", responses=refusals(WRITING))
def put_sending(body: Switching, session: SessionDep, person: BearerPerson) -> SendingAnswer:
    """Stop all posting at once, or resume it; what was approved meanwhile is then posted."""
    return _tell(session, switch_sending(session, on=body.on, reason=body.reason, by=person, at=utc_now()))


def _tell(session: Session, switch: SendingSwitch) -> SendingAnswer:
    changed_by = session.get(Person, switch.changed_by_id) if switch.changed_by_id else None
    return SendingAnswer(
        on=switch.is_on,
        reason=switch.reason,
        changed_by=changed_by.handle if changed_by else None,
        changed_at=switch.changed_at,
    )
