"""The demo brand, and drafts of a person's own words to decide on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

import pytest
from sqlalchemy.orm import Session

from app.conversations.intake import Incoming, Received, receive
from app.conversations.models import Network, Visibility
from app.core.clock import utc_now
from app.drafting.models import Draft
from app.review.answers import answer_without_draft
from app.review.loading import lock_draft
from app.review.sign_offs import sign_off
from app.staff.models import Person, Role
from app.staff.sign_in import find_person

CLAIM = "I want compensation for a 70 minute delay"


@dataclass
class Desk:
    """What people at the desk do, in one session that is committed after each step."""

    session: Session
    numbers: Iterator[int]

    def person(self, handle: str) -> Person:
        return find_person(self.session, handle)

    def receive(self, text: str, *, author: str = "@customer", private: bool = False) -> Received:
        incoming = Incoming(
            network=Network.X,
            account="care",
            external_id=f"message-{next(self.numbers)}",
            author=author,
            text=text,
            sent_at=utc_now(),
            visibility=Visibility.PRIVATE if private else Visibility.PUBLIC,
        )
        received = receive(self.session, incoming, at=utc_now())
        self.session.commit()
        return received

    def draft(
        self, message: str = "When is the last boat?", *, text: str = "At 21:40.", private: bool = False
    ) -> Draft:
        """A draft that the lead wrote, so that the agent is not its author."""
        received = self.receive(message, private=private)
        lead = self.person("lead")
        draft = answer_without_draft(self.session, received.message_id, text=text, by=lead, at=utc_now())
        self.session.commit()
        return draft

    def sign(
        self,
        draft: Draft,
        handle: str,
        *,
        role: Role | None = None,
        fingerprint: str | None = None,
        at: datetime | None = None,
    ) -> Draft:
        signed = sign_off(
            self.session,
            draft.id,
            by=self.person(handle),
            role=role or Role(handle),
            fingerprint=fingerprint or draft.latest.fingerprint,
            at=at or utc_now(),
        )
        self.session.commit()
        return signed

    def reload(self, draft: Draft) -> Draft:
        found = lock_draft(self.session, draft.id)
        self.session.commit()
        return found


@pytest.fixture
def desk(demo_session: Session) -> Desk:
    return Desk(demo_session, count(1))
