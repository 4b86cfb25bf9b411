"""The demo brand on a test database, and a sandbox network to post to."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

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
from tests.sandbox_process import Posted, SandboxProcess, start_sandbox

NUMBERS = count(1)  # never the same message twice on one network


@dataclass
class Posting:
    """Messages, drafts and deliveries without workers: the test is the worker."""

    sandbox: SandboxProcess
    numbers: Iterator[int]
    posts_before: int  # the network is shared by the tests of a file

    def posts(self) -> list[Posted]:
        """What this test really posted, deleted posts left out."""
        return self.sandbox.posts()[self.posts_before :]

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


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    running = start_sandbox(tmp_path_factory.mktemp("sandbox"))
    yield running
    running.stop()


@pytest.fixture
def posting(
    demo_session: Session, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Posting]:
    sandbox.reset_settings()
    monkeypatch.setenv("SAYSO_SANDBOX_PORT", str(sandbox.port))
    get_settings.cache_clear()
    connector.cache_clear()
    yield Posting(sandbox, NUMBERS, len(sandbox.posts()))
    connector.cache_clear()
