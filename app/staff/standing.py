"""How far somebody is trusted on which topic."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.staff.models import Person, Standing, StandingLevel


def topics_still_learned(session: Session, person: Person, topics: Collection[str]) -> list[str]:
    """Those of the topics on which this person is a trainee now, in order."""
    return list(
        session.scalars(
            select(Standing.topic)
            .where(
                Standing.person_id == person.id,
                Standing.topic.in_(topics),
                Standing.level == StandingLevel.TRAINEE,
                Standing.revoked_at.is_(None),
            )
            .distinct()
            .order_by(Standing.topic)
        )
    )
