"""Thousands of conversations: a hundred real ones, made by the product, and copies of them."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    DateTime,
    Integer,
    String,
    Table,
    cast,
    func,
    insert,
    select,
    text,
    true,
)

from app.conversations.intake import Incoming, receive
from app.conversations.models import (
    ClockEvent,
    Contact,
    Conversation,
    Handle,
    Message,
    Network,
    Visibility,
)
from app.core.clock import utc_now
from app.core.database import Base, get_engine, transaction
from app.core.settings import CHECKOUT
from app.drafting.models import CheckResult, Draft, RequiredSignOff, Revision, RevisionPassage
from app.evaluation.matching import read_cases
from app.review.proposing import answer_with_draft
from app.triage.models import TriageDecision
from bench.messages import bodies

COPIED: Sequence[type[Base]] = (
    Contact, Handle, Conversation, Message, ClockEvent, TriageDecision, Draft, Revision,
    RevisionPassage, CheckResult, RequiredSignOff,
)  # fmt: skip
NAMED = {"external_id", "root_external_id", "in_reply_to", "name"}  # what tells two copies apart
STRIDE = 1_000_000  # from the keys of one copy to those of the next


def make_originals(how_many: int) -> None:
    """Real messages of every kind, judged and drafted by the product without a model."""
    texts = [case.text for case in read_cases(CHECKOUT / "evals" / "cases" / "matching.yaml")]
    inbox = (CHECKOUT / "demo" / "inbox.jsonl").read_text(encoding="utf-8").splitlines()
    texts += [json.loads(line)["text"] for line in inbox]
    for body in bodies(texts, how_many=how_many):
        with transaction() as session:
            received = receive(session, _incoming(body), at=utc_now())
        answer_with_draft(received.message_id)


def copy_until(conversations: int, *, originals: int) -> None:
    """Copy the originals until there are so many conversations, and let the planner know."""
    tables = [Base.metadata.tables[model.__tablename__] for model in COPIED]
    with get_engine().begin() as connection:
        held = connection.execute(select(func.count()).select_from(Conversation)).scalar_one()
        copies = func.generate_series(held // originals, conversations // originals - 1)
        for table in tables:
            numbers = copies.table_valued("number").render_derived(name="copies")
            number = cast(numbers.c.number, BigInteger)
            copied = select(*(_copied(column, number, tables) for column in table.columns))
            key = next(iter(table.primary_key.columns))
            rows = copied.select_from(table.join(numbers, true())).where(key < STRIDE)
            connection.execute(insert(table).from_select(list(table.columns), rows))
    with get_engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))  # as the server does by itself, a minute later


def _copied(column: Column[Any], number: ColumnElement[int], tables: Sequence[Table]) -> ColumnElement[Any]:
    """The column as copy `number` has it: keys moved on, names of its own, a minute earlier than the last."""
    owner = {key.column.table for key in column.foreign_keys} & set(tables)
    if owner or (column.name == "id" and column.primary_key):
        return column + number * STRIDE
    if column.name in NAMED:
        return column + "-" + cast(number, String)
    if isinstance(column.type, DateTime):
        return column - func.make_interval(
            0, 0, 0, 0, 0, cast(number, Integer)
        )  # minutes apart: the queue sorts by it
    return column


def _incoming(body: dict[str, Any]) -> Incoming:
    return Incoming(
        network=Network(body["channel"]),
        account=body["account"],
        external_id=body["external_id"],
        author=body["author"],
        text=body["text"],
        visibility=Visibility(body["visibility"]),
        sent_at=utc_now(),
    )
