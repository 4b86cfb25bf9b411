"""The only door through which a draft is approved."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.chain import record
from app.core.changes import announce
from app.core.errors import Conflict, InvalidInput
from app.core.jobs import enqueue
from app.drafting.models import Draft, DraftStatus, Revision
from app.review import policy
from app.review.drafts import DraftChanged
from app.review.loading import lock_draft, newest_message_at, sign_offs_of
from app.review.models import SignOff
from app.staff.models import Person, Role


def sign_off(
    session: Session, draft_id: int, *, by: Person, role: Role, fingerprint: str, at: datetime
) -> Draft:
    """Record one person's approval of exactly what they read.

    When it is the last one needed, the posting is queued in the same transaction: an approval
    that is not committed can never send anything. Signing twice in the same role changes nothing.
    """
    policy.require_role(by, role)
    draft = lock_draft(session, draft_id)  # two last signers must not both miss each other's row
    revision = draft.latest
    if fingerprint != revision.fingerprint:
        raise DraftChanged(draft)
    given = sign_offs_of(session, draft)
    standing = policy.standing_sign_offs(revision, given, newest_message_at=newest_message_at(session, draft))
    policy.require_entitled(by, role, revision, standing)
    if any(one.role is role and one.person_id == by.id for one in standing):
        return draft
    _must_be_signable(draft, revision, role, standing)
    _void_outdated(given, standing, at=at)
    session.flush()
    session.add(
        SignOff(
            draft_id=draft.id,
            revision_id=revision.id,
            person_id=by.id,
            person=session.get_one(Person, by.id),
            role=role,
            fingerprint=fingerprint,
            signed_at=at,
        )
    )
    session.flush()
    _log(session, draft, revision, by=by, role=role)
    _approve_when_complete(session, draft, revision)
    return draft


def _must_be_signable(draft: Draft, revision: Revision, role: Role, standing: list[SignOff]) -> None:
    if draft.status is not DraftStatus.PROPOSED:
        raise Conflict(f"This draft is {draft.status}; it waits for no signature.")
    signed = next((one for one in standing if one.role is role), None)
    if signed is not None:
        raise Conflict(f"{signed.person.name} already signed this as {role}.")
    blocking = [check.detail for check in revision.checks if check.blocks and not check.passed]
    if blocking:
        raise InvalidInput(f"This cannot be signed as it stands. {' '.join(blocking)} Edit the text first.")


def _void_outdated(given: list[SignOff], standing: list[SignOff], *, at: datetime) -> None:
    """Signatures that no longer count make room for new ones and say why."""
    for one in given:
        if one.decision == "approved" and one.voided_at is None and one not in standing:
            one.voided_at = at
            one.void_reason = "The customer wrote again, or the signer may no longer sign in this role"


def _approve_when_complete(session: Session, draft: Draft, revision: Revision) -> None:
    standing = policy.standing_sign_offs(
        revision, sign_offs_of(session, draft), newest_message_at=newest_message_at(session, draft)
    )
    if policy.missing_roles(revision, standing):
        return
    draft.move_to(DraftStatus.APPROVED)
    draft.reason = None
    enqueue(session, "post_reply", revision_id=revision.id)


def _log(session: Session, draft: Draft, revision: Revision, *, by: Person, role: Role) -> None:
    record(
        session,
        actor=by.handle,
        action="draft.signed",
        subject=f"draft:{draft.id}",
        detail={
            "role": role,
            "revision": revision.number,
            "fingerprint": revision.fingerprint,
            "text": revision.text,
        },
    )
    announce(session, f"conversation:{draft.conversation_id}")
