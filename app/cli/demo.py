"""The demo: an invented brand with its people and accounts, and customers who write to it."""

import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import yaml
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.conversations.models import Account, AccountRole, Brand, Department, Network, Region
from app.core.settings import CHECKOUT
from app.knowledge.import_kb import import_kb
from app.staff.models import Person, PersonalToken, Role, RoleGrant
from app.staff.passwords import hash_password
from app.staff.sign_in import make_token

FOLDER = CHECKOUT / "demo"
CUSTOMERS = "sandbox"  # handle of the machine that hands in what customers write


def seed(session: Session, *, at: datetime) -> dict[str, str]:
    """Create what is missing of the demo. Returns the passwords that were made, by handle."""
    import_kb(session, CHECKOUT / "kb", at=at)
    passwords = dict(_people(session))
    if session.scalar(select(Brand.id).limit(1)) is None:
        _brand(session)
    return passwords


def network_token(session: Session, *, at: datetime) -> str:
    """A fresh token for the sandbox network; earlier ones stop working."""
    person = session.scalars(select(Person).where(Person.handle == CUSTOMERS)).one()
    session.execute(
        update(PersonalToken)
        .where(PersonalToken.person_id == person.id, PersonalToken.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    return make_token(session, person, at=at)


def write_inbox(sandbox_url: str, *, at: datetime) -> int:
    """Let the demo's customers write on the sandbox network; those who already did are not repeated."""
    new = 0
    with httpx.Client(base_url=sandbox_url, trust_env=False, timeout=10) as network:
        for post in _inbox(at):
            answer = network.post("/customer-posts", json=post)
            answer.raise_for_status()
            new += answer.status_code == httpx.codes.CREATED
    return new


def _people(session: Session) -> Iterator[tuple[str, str]]:
    known = set(session.scalars(select(Person.handle)))
    if CUSTOMERS not in known:
        session.add(Person(handle=CUSTOMERS, name="Sandbox network", grants=[RoleGrant(role=Role.NETWORK)]))
    for row in _yaml("people.yaml")["people"]:
        if row["handle"] in known:
            continue
        password = secrets.token_urlsafe(9)
        grants = [RoleGrant(role=Role(role)) for role in row["roles"]]
        session.add(
            Person(
                handle=row["handle"],
                name=row["name"],
                email=row["email"],
                password_hash=hash_password(password),
                grants=grants,
            )
        )
        yield row["handle"], password
    session.flush()


def _brand(session: Session) -> None:
    tree = _yaml("brand.yaml")
    brand = Brand(name=tree["brand"], voice=tree["voice"])
    session.add(brand)
    session.flush()
    for branch in tree["departments"]:
        department = Department(brand_id=brand.id, name=branch["name"])
        session.add(department)
        session.flush()
        for place in branch["regions"]:
            region = Region(department_id=department.id, name=place["name"])
            session.add(region)
            session.flush()
            session.add_all(_account(row, region.id) for row in place["accounts"])


def _account(row: dict[str, Any], region_id: int) -> Account:
    return Account(
        region_id=region_id,
        network=Network(row["channel"]),
        name=row["name"],
        handle=row["handle"],
        role=AccountRole(row["role"]),
        connector="sandbox",
        public_promise_minutes=row["public_promise_minutes"],
        internal_target_minutes=row["internal_target_minutes"],
        staffed_hours=row["staffed_hours"],
        time_zone=row["time_zone"],
        languages=row["languages"],
    )


def _inbox(at: datetime) -> Iterator[dict[str, Any]]:
    for line in (FOLDER / "inbox.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sent_at = at.astimezone(UTC) - timedelta(minutes=row.pop("sent_at_minutes_ago"))
        row["id"] = row.pop("external_id")
        row.pop("expects")  # for measuring only
        yield {**row, "sent_at": sent_at.isoformat()}


def _yaml(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(FOLDER / name).read_text(encoding="utf-8"))
    return loaded
