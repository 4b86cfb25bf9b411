"""Each message is stored with its language: its own, else its conversation's, else its account's."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.conversations.intake import Incoming, receive
from app.conversations.models import Message, Network, Visibility
from tests.factories import make_account

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def language_of(session: Session, number: int, text: str) -> str | None:
    incoming = Incoming(
        Network.X, "care", f"post-{number}", "@ann", text, NOON, visibility=Visibility.PRIVATE
    )
    received = receive(session, incoming, at=NOON)
    message = session.get(Message, received.message_id)
    assert message is not None
    return message.language


def test_a_message_has_its_own_language_and_a_short_one_its_conversations(session: Session) -> None:
    make_account(session).languages = ["en", "de"]
    session.commit()

    assert [
        language_of(session, 1, "ok"),
        language_of(session, 2, "Seit drei Tagen warte ich auf meine Erstattung"),
        language_of(session, 3, "ok?"),
        language_of(session, 4, "My train was cancelled and nobody told me why"),
        language_of(session, 5, "😡"),
    ] == ["en", "de", "de", "en", "en"]


def test_without_any_hint_no_language_is_stored(session: Session) -> None:
    make_account(session).languages = []
    session.commit()

    assert language_of(session, 1, "😡") is None
