"""Several workers: a dead one's work is taken over, a frozen one's is left alone, an id belongs to one."""

import signal

from sqlalchemy import select

from app.core.database import transaction
from app.core.workers import Worker
from tests.journeys.approved import approve, wait_until_sent
from tests.journeys.clients import Clients
from tests.journeys.running import Process, RunningSayso, wait_for

ID_IS_TAKEN = 75
SECONDS_UNTIL_TAKEN_OVER = 45.0


def test_work_of_a_dead_worker_is_taken_over_and_that_of_a_frozen_one_is_not_done_twice(
    sayso: RunningSayso,
) -> None:
    """The network knows no keys here: only the frozen worker itself knows whether its call has left."""
    sayso.sandbox.settings(idempotency_keys=False)
    frozen, dead = sayso.worker, sayso.start_worker("worker-2")
    frozen.arm("delivery.before_call", freeze=True)
    written = approve(1, named="frozen")
    wait_for(lambda: not frozen.is_armed, what="the first worker to freeze before its call")
    wait_until_beating(dead)
    dead.arm("answer.before_draft")
    conversation_id = Clients(sayso).hand_in("Can I take my bike on the ferry to Brae?", external_id="left")
    assert dead.wait_until_dead() == -signal.SIGKILL

    third = sayso.start_worker("worker-3")
    sayso.wait_for_draft(conversation_id, seconds=SECONDS_UNTIL_TAKEN_OVER)
    wait_for(lambda: took_over(third) >= 2, what="both workers' jobs to be taken over")

    assert sayso.replies_to("frozen-0") == []
    assert delivery_status(sayso, "frozen-0") == "sending"  # and nobody is asked whether it arrived
    frozen.send(signal.SIGCONT)
    wait_until_sent(written)
    assert len(sayso.replies_to("frozen-0")) == 1


def test_a_second_worker_with_the_id_of_a_living_one_ends_at_once(sayso: RunningSayso) -> None:
    assert sayso.start_worker("worker-1").wait_until_dead() == ID_IS_TAKEN


def wait_until_beating(worker: Process) -> None:
    def beats() -> bool:
        with transaction() as session:
            return session.scalar(select(Worker.id).where(Worker.id == worker.name)) is not None

    wait_for(beats, what=f"the heartbeat of {worker.name}", seconds=60.0)


def took_over(worker: Process) -> int:
    return worker.log.read_text().count("worker.takes_over")


def delivery_status(sayso: RunningSayso, external_id: str) -> str:
    ids = sayso.receive(
        "When does the last boat leave?", external_id=external_id
    )  # known: the same ids again
    draft = sayso.conversation(ids["conversation_id"])["drafts"][-1]
    return str(draft["delivery"]["status"])
