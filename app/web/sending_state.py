"""Whether posts may leave, as every page shows it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.delivery.switch import sending_switch, waiting_revisions
from app.staff.models import Person


@dataclass(frozen=True)
class SendingState:
    is_on: bool
    reason: str | None
    by: str | None
    at: datetime
    waiting: int  # approved replies held back; counted only while sending is off


def sending_state(session: Session) -> SendingState:
    switch = sending_switch(session)
    person = session.get(Person, switch.changed_by_id) if switch.changed_by_id else None
    return SendingState(
        is_on=switch.is_on,
        reason=switch.reason,
        by=person.name if person else None,
        at=switch.changed_at,
        waiting=0 if switch.is_on else len(waiting_revisions(session)),
    )
