"""What the database says was decided, read afresh."""

from sqlalchemy import select

from app.conversations.models import Outcome
from app.core.database import transaction
from app.drafting.models import Draft, DraftStatus, Revision
from app.review.models import SignOff
from tests.browser.scene import Told


def status_of(told: Told) -> DraftStatus:
    with transaction() as session:
        return session.get_one(Draft, told.draft_id).status


def reason_of(told: Told) -> str | None:
    with transaction() as session:
        return session.get_one(Draft, told.draft_id).reason


def texts_of(told: Told) -> list[str]:
    """The words of every revision, oldest first."""
    with transaction() as session:
        wanted = select(Revision.text).where(Revision.draft_id == told.draft_id).order_by(Revision.number)
        return list(session.scalars(wanted))


def signers_of(told: Told) -> list[str]:
    """Roles and people whose signature stands, in order."""
    with transaction() as session:
        wanted = select(SignOff).where(SignOff.draft_id == told.draft_id, SignOff.voided_at.is_(None))
        return [f"{one.role} {one.person.name}" for one in session.scalars(wanted.order_by(SignOff.id))]


def outcome_of(told: Told) -> tuple[str, str | None] | None:
    with transaction() as session:
        ended = session.get(Outcome, told.message_id)
        return (ended.kind, ended.reason) if ended else None


def fingerprint_of(told: Told) -> str:
    """Of the latest revision."""
    with transaction() as session:
        wanted = select(Revision.fingerprint).where(Revision.draft_id == told.draft_id)
        return session.scalars(wanted.order_by(Revision.number.desc())).first() or ""
