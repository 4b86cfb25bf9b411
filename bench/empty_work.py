"""The floor of durable work: a workflow of one step that does nothing, on the same workers."""

from dbos import DBOS
from sqlalchemy import text

from app.core import jobs
from app.core.database import get_engine, transaction

NAME = "bench_nothing"


@DBOS.workflow(name=NAME)
def nothing(message_id: int) -> None:
    do_nothing(message_id)


@DBOS.step(name="do_nothing")
def do_nothing(message_id: int) -> None:
    """As little as a step can do."""


def enqueue_nothing(how_many: int) -> None:
    """Queue it so many times, each in a transaction of its own, as intake does."""
    for number in range(how_many):
        with transaction() as session:
            jobs.client().enqueue_in_transaction(
                session,
                {
                    "workflow_name": NAME,
                    "queue_name": jobs.ANSWERING,
                    "app_version": jobs.APPLICATION_VERSION,
                },
                message_id=number,
            )


def done() -> int:
    """How many are finished."""
    with get_engine().connect() as connection:
        counted = text("SELECT count(*) FROM dbos.workflow_status WHERE name = :name AND status = 'SUCCESS'")
        return int(connection.execute(counted, {"name": NAME}).scalar_one())
