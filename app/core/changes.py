"""Telling open pages that something changed: a notification that leaves with the commit."""

from sqlalchemy import text
from sqlalchemy.orm import Session

CHANNEL = "sayso_changes"


def announce(session: Session, subject: str) -> None:
    """Send `subject`, such as conversation:7, to every web process when this transaction commits."""
    session.execute(text("SELECT pg_notify(:channel, :subject)"), {"channel": CHANNEL, "subject": subject})
