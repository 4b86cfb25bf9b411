"""Proving who one is: browser sessions and personal tokens. Only hashes of secrets are kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.staff.models import Person, PersonalToken, SignInSession
from app.staff.passwords import password_matches

SESSION_LASTS = timedelta(hours=12)  # one shift


@dataclass(frozen=True)
class OpenedSession:
    cookie: str  # the secret; shown to the browser once
    csrf_token: str


def find_person(session: Session, handle: str) -> Person:
    """The person with this handle; `NotFound` names those who exist."""
    person = session.scalar(select(Person).where(Person.handle == handle))
    if person is None:
        known = ", ".join(session.scalars(select(Person.handle).order_by(Person.handle)))
        raise NotFound(f"Nobody is called {handle!r}. Known: {known or 'nobody yet'}.")
    return person


def open_session(session: Session, handle: str, password: str, *, at: datetime) -> OpenedSession | None:
    """Sign somebody in; None when handle or password is wrong, without telling which."""
    person = session.scalar(select(Person).where(Person.handle == handle, Person.is_active))
    if not password_matches(password, person.password_hash if person else None) or person is None:
        return None
    cookie, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    session.add(
        SignInSession(
            token_hash=_hash(cookie),
            person_id=person.id,
            csrf_token=csrf,
            created_at=at,
            expires_at=at + SESSION_LASTS,
        )
    )
    return OpenedSession(cookie, csrf)


def current_session(session: Session, cookie: str, *, at: datetime) -> SignInSession | None:
    """The open session of this cookie, of somebody who is still active."""
    found = session.get(SignInSession, _hash(cookie))
    return found if found and found.expires_at > at and found.person.is_active else None


def close_session(session: Session, cookie: str) -> None:
    found = session.get(SignInSession, _hash(cookie))
    if found:
        session.delete(found)


def make_token(session: Session, person: Person, *, at: datetime) -> str:
    """A new personal token; the text is shown once and never stored."""
    token = f"sayso_{secrets.token_urlsafe(32)}"
    session.add(PersonalToken(person_id=person.id, token_hash=_hash(token), created_at=at))
    return token


def person_of_token(session: Session, token: str) -> Person | None:
    statement = select(PersonalToken).where(
        PersonalToken.token_hash == _hash(token), PersonalToken.revoked_at.is_(None)
    )
    found = session.scalar(statement)
    return found.person if found and found.person.is_active else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
