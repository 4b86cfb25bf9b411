"""The record cannot be changed through the product, and a change beneath it is found."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.chain import Break, record, verify


def note(session: Session, *subjects: str) -> None:
    for subject in subjects:
        record(session, actor="agent", action="draft.approved", subject=subject, detail={"text": "Grüße ✓"})
        session.commit()


def test_decisions_are_chained_in_the_order_of_their_commits(session: Session) -> None:
    note(session, "draft:1", "draft:2", "draft:3")

    assert verify(session) == (3, None)


def test_a_decision_that_is_rolled_back_leaves_no_row(session: Session) -> None:
    record(session, actor="agent", action="draft.approved", subject="draft:1", detail={})
    session.rollback()
    note(session, "draft:2")

    assert verify(session) == (1, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_records SET actor = 'somebody'",
        "DELETE FROM audit_records",
        "TRUNCATE audit_records",
    ],
)
def test_the_database_refuses_to_change_the_record(session: Session, statement: str) -> None:
    note(session, "draft:1")

    with pytest.raises(IntegrityError, match="append-only"):
        session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE audit_records SET actor = 'lead' WHERE number = 2", Break(2, "its content was changed")),
        ("DELETE FROM audit_records WHERE number = 2", Break(2, "row 2 is missing")),
        ("DELETE FROM audit_records WHERE number = 1", Break(1, "row 1 is missing")),
        (
            "UPDATE audit_records SET previous_hash = repeat('0', 64) WHERE number = 3",
            Break(3, "it does not follow from the row before it"),
        ),
    ],
)
def test_tampering_beneath_the_product_is_found(session: Session, statement: str, expected: Break) -> None:
    note(session, "draft:1", "draft:2", "draft:3")
    session.execute(text("ALTER TABLE audit_records DISABLE TRIGGER USER"))
    session.execute(text(statement))
    session.commit()

    assert verify(session)[1] == expected
