"""Whether an approved revision may still leave: everything is read again, with the draft locked.

Delivery asks this in the transaction that writes its intent. What no longer holds sends the draft
back to people with the reason.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.chain import record
from app.conversations.models import Outcome
from app.core.changes import announce
from app.drafting.models import Draft, DraftStatus, Origin
from app.knowledge.models import EntryVersion
from app.review import policy
from app.review.drafts import revise, void_sign_offs
from app.review.fingerprints import content_of, fingerprint
from app.review.loading import account_of, newest_message_at, sign_offs_of


def objection(session: Session, draft: Draft) -> str | None:
    """Why the latest revision of this locked draft may not be posted now, or None."""
    revision = draft.latest
    if draft.origin is not Origin.LIVE:
        return "Practice and planted drafts are never posted"
    said = draft.message.text if draft.message else ""
    needed = policy.needed_sign_offs(said, revision.text or (draft.corrects.text if draft.corrects else ""))
    now = content_of(
        draft,
        account=account_of(session, draft),
        message=draft.message,
        corrects=draft.corrects,
        text=revision.text,
        version_ids=[one.version_id for one in revision.passages],
        rules_digest=policy.rules_digest(needed),
    )
    if fingerprint(now) != revision.fingerprint:
        return "Since it was signed, the customer's message, the account or a rule has changed"
    return _about_people(session, draft, needed) or _about_the_world(session, draft)


def send_back(session: Session, draft: Draft, *, reason: str, at: datetime) -> None:
    """Return an approved draft to people: signatures void, a fresh revision of the same words."""
    if draft.status is DraftStatus.APPROVED:
        draft.move_to(DraftStatus.PROPOSED)
    draft.reason = reason
    draft.posting_since = None
    void_sign_offs(session, draft, reason=reason, at=at)
    revision = revise(session, draft, text=draft.latest.text, author_id=draft.latest.author_id, at=at)
    record(
        session,
        actor=None,
        action="draft.sent_back",
        subject=f"draft:{draft.id}",
        detail={"reason": reason, "revision": revision.number, "fingerprint": revision.fingerprint},
    )
    announce(session, f"conversation:{draft.conversation_id}")


def _about_people(session: Session, draft: Draft, needed: list[policy.Needed]) -> str | None:
    newest = newest_message_at(session, draft)
    standing = policy.standing_sign_offs(draft.latest, sign_offs_of(session, draft), newest_message_at=newest)
    missing = {need.role for need in needed} - {one.role for one in standing}
    if missing and any(newest is not None and one.signed_at < newest for one in sign_offs_of(session, draft)):
        return "The customer wrote again after it was signed"
    if missing:
        return f"The signature of {' and '.join(sorted(missing))} is missing or no longer valid"
    if len({one.person_id for one in standing}) < len(standing):
        return "Two signatures are by the same person"
    if any(one.role != "agent" and one.person_id == draft.latest.author_id for one in standing):
        return "Whoever wrote the words also gave the second signature"
    if any(check.blocks and not check.passed for check in draft.latest.checks):
        return "A check that nobody can sign past has failed"
    return None


def _about_the_world(session: Session, draft: Draft) -> str | None:
    versions = [one.version_id for one in draft.latest.passages]
    outdated = session.scalars(
        select(EntryVersion.entry_id).where(EntryVersion.id.in_(versions), EntryVersion.is_current.is_(False))
    ).all()
    if outdated:
        return f"The approved answer changed since it was signed: {', '.join(outdated)}"
    if draft.act == "post" and draft.message_id is not None:
        ended = session.get(Outcome, draft.message_id)
        if ended is not None:
            return f"The message already ended: {ended.kind}"
    return None
