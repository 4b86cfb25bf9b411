"""The demo brand on a test database, and a sandbox network to post to."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversations.intake import Incoming, receive
from app.conversations.models import Network
from app.core.clock import utc_now
from app.core.database import transaction
from app.core.settings import get_settings
from app.delivery.connectors import connector
from app.delivery.models import Delivery
from app.delivery.post_reply import post_reply
from app.drafting.models import Draft
from app.review.answers import answer_without_draft
from app.review.loading import lock_draft
from app.review.sign_offs import sign_off
from app.staff.models import Person, Role
from app.staff.sign_in import find_person
from tests.sandbox_process import SandboxProcess, start_sandbox


@dataclass
class Posting:
    """Messages, drafts and deliveries without workers: the test is the worker."""

    sandbox: SandboxProcess
    numbers: Iterator[int]

    def person(self, handle: str) -> Person:
        with transaction() as session:
            return find_person(session, handle)

    def approved(self, text: str = "The last boat leaves at 21:40.") -> int:
        """Revision id of a reply to a new message that the agent wrote and signed."""
        number = next(self.numbers)
        agent = self.person("agent")
        with transaction() as session:
            incoming = Incoming(
                network=Network.X,
                account="care",
                external_id=f"message-{number}",
                author="@customer",
                text="When is the last boat?",
                sent_at=utc_now(),
            )
            message_id = receive(session, incoming, at=utc_now()).message_id
            draft = answer_without_draft(session, message_id, text=text, by=agent, at=utc_now())
            draft_id, fingerprint = draft.id, draft.latest.fingerprint
        with transaction() as session:
            signed = sign_off(
                session, draft_id, by=agent, role=Role.AGENT, fingerprint=fingerprint, at=utc_now()
            )
            return signed.latest.id

    def post(self, revision_id: int, *, times: int = 1) -> Delivery | None:
        """Run the posting job as the engine would, and what it left."""
        for _ in range(times):
            post_reply(revision_id)
        return self.delivery(revision_id)

    def delivery(self, revision_id: int) -> Delivery | None:
        with transaction() as session:
            return session.scalar(select(Delivery).where(Delivery.revision_id == revision_id))

    def draft_of(self, revision_id: int) -> Draft:
        with transaction() as session:
            draft_id = session.scalars(select(Draft.id).where(Draft.revisions.any(id=revision_id))).one()
            return lock_draft(session, draft_id)


@pytest.fixture
def posting(demo_session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Posting]:
    sandbox = start_sandbox(tmp_path)
    monkeypatch.setenv("SAYSO_SANDBOX_PORT", str(sandbox.port))
    get_settings.cache_clear()
    connector.cache_clear()
    try:
        yield Posting(sandbox, count(1))
    finally:
        connector.cache_clear()
        sandbox.stop()
