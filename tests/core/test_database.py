"""Transactions: all or nothing, and usable again after a lost race."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.database import transaction
from app.staff.models import Person
from tests.factories import make_person


def test_an_error_leaves_nothing_behind(session: Session) -> None:
    def fail_after_a_change() -> None:
        with transaction() as inside:
            make_person(inside, "agent")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_a_change()

    assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_what_follows_a_rollback_is_stored(session: Session) -> None:
    with transaction() as inside:
        make_person(inside, "loser")
        inside.rollback()
        make_person(inside, "winner")

    assert list(session.scalars(select(Person.handle))) == ["winner"]
