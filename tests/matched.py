"""Messages as the matching leaves them: with a draft from its first candidate, or with none that fits."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversations.models import Account, Message
from app.conversations.outcomes import give_to
from app.core.clock import utc_now
from app.drafting.models import Draft, Strategy
from app.knowledge.models import EntryVersion
from app.review.drafts import open_draft
from app.review.revisions import Cited
from app.staff.models import Role
from app.triage.candidates import Candidate, Candidates
from app.triage.models import Route, TriageDecision

TRAIN, BOAT, SMALL = "bikes-and-pets/dog-on-train", "bikes-and-pets/dog-on-boat", "bikes-and-pets/small-pets"
FOUND = ((TRAIN, 0.46), (SMALL, 0.43), (BOAT, 0.38))
THRESHOLD = 0.4
WOBBLER = "Does our wobbler sail with us on Sunday, and what does a wobbler cost?"
ALIKE = "Can our wobbler sail with us next Sunday?"


def make_matched_draft(
    session: Session,
    message: Message,
    *,
    found: Sequence[tuple[str, float]] = FOUND,
    text: str = "Thank you for asking. Dogs travel free on trains.",
) -> Draft:
    """A draft that the machine made from the first of the entries it found."""
    _triage(session, message, found, route=Route.DRAFT, reason="An answer fits")
    version = _current(session, found[0][0])
    return open_draft(
        session,
        message,
        account=session.get_one(Account, message.account_id),
        text=text,
        cited=[Cited(version.id, found[0][1], version.question)],
        strategy=Strategy.COMPOSE,
        at=utc_now(),
    )


def leave_without_draft(
    session: Session, message: Message, *, found: Sequence[tuple[str, float]] = FOUND
) -> None:
    """A message that a person has to answer, because nothing found was near enough."""
    reason = "None fits: the nearest scores too low."
    _triage(session, message, found, route=Route.HUMAN, reason=reason)
    give_to(session, message.conversation_id, Role.AGENT, reason=reason)


def _triage(
    session: Session, message: Message, found: Sequence[tuple[str, float]], *, route: Route, reason: str
) -> None:
    candidates = Candidates(
        tuple(
            Candidate(
                entry_id,
                score,
                _current(session, entry_id).question,
                is_answer=route is Route.DRAFT and entry_id == found[0][0],
            )
            for entry_id, score in found
        ),
        THRESHOLD,
    )
    session.add(
        TriageDecision(
            message_id=message.id,
            route=route,
            reason=reason,
            candidates=candidates.as_rows(),
            threshold=candidates.threshold,
            decided_at=utc_now(),
        )
    )
    session.flush()


def _current(session: Session, entry_id: str) -> EntryVersion:
    statement = select(EntryVersion).where(EntryVersion.entry_id == entry_id, EntryVersion.is_current)
    return session.execute(statement).scalar_one()
