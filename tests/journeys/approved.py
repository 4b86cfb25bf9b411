"""Many approved replies at once, made without waiting for drafts: what matters here is their posting."""

from sqlalchemy import func, select

from app.conversations.intake import Incoming, receive
from app.conversations.models import Network
from app.core.clock import utc_now
from app.core.database import transaction
from app.delivery.models import Delivery, DeliveryStatus
from app.review.answers import answer_without_draft
from app.review.sign_offs import sign_off
from app.staff.models import Role
from app.staff.sign_in import find_person
from tests.journeys.running import wait_for

SECONDS_PER_REPLY = 3.0
WORDS = "The last boat leaves at 21:40 ✓"  # the same everywhere: reading back must not mix them up


def approve(count: int, *, named: str) -> frozenset[str]:
    """So many customers' messages, each with a reply that the agent wrote and signed. Their external ids."""
    return frozenset(_approve_one(f"{named}-{number}") for number in range(count))


def wait_until_sent(external_ids: frozenset[str]) -> None:
    seconds = 30.0 + SECONDS_PER_REPLY * len(external_ids)
    wait_for(lambda: _sent(external_ids) == len(external_ids), what="every reply to be sent", seconds=seconds)


def _approve_one(external_id: str) -> str:
    incoming = Incoming(
        network=Network.X,
        account="care",
        external_id=external_id,
        author=f"@{external_id}",
        text="When does the last boat leave?",
        sent_at=utc_now(),
    )
    with transaction() as session:
        agent = find_person(session, "agent")
        message_id = receive(session, incoming, at=utc_now()).message_id
        draft = answer_without_draft(session, message_id, text=WORDS, by=agent, at=utc_now())
        read = draft.latest.fingerprint
        sign_off(session, draft.id, by=agent, role=Role.AGENT, fingerprint=read, at=utc_now())
    return external_id


def _sent(external_ids: frozenset[str]) -> int:
    target = Delivery.payload["in_reply_to"].as_string()
    sent = select(func.count()).where(Delivery.status == DeliveryStatus.SENT, target.in_(external_ids))
    with transaction() as session:
        return session.execute(sent).scalar_one()
