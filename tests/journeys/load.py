"""A busy hour in a minute: customers write, people work off their queues, processes are killed at random."""

import json
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select

from app.conversations.models import Message, Outcome
from app.core.database import transaction
from app.core.settings import CHECKOUT
from tests.journeys.clients import Clients
from tests.journeys.promises import assert_promises_hold
from tests.journeys.running import RunningSayso

INBOX = CHECKOUT / "demo" / "inbox.jsonl"
SIGNERS = ("agent", "legal", "lead")
SECONDS_BETWEEN_KILLS = (1.0, 5.0)  # sometimes before a process is up, sometimes in the middle of work
SECONDS_TO_FINISH = 90.0  # and as many more for each kill and message as follow
SECONDS_PER_KILL = 12.0
SECONDS_PER_MESSAGE = 2.0


@dataclass(frozen=True)
class Figures:
    messages: int
    kills: int
    posts: int


def answer_under_kills(sayso: RunningSayso, *, messages: int, kills: int) -> Figures:
    """Every message ends answered or ignored although web and worker die again and again."""
    chance = random.Random(messages * kills)  # noqa: S311 -- no secret; the same kills in every run
    written = _write(sayso, messages)
    clients = Clients(sayso)
    with _killing(sayso, chance, kills=kills) as killer:
        deadline = time.monotonic() + _patience(messages=messages, kills=kills)
        while killer.is_alive() or not _all_ended(written):
            assert time.monotonic() < deadline, f"not ended: {sorted(written - _ended())}"
            if not killer.is_alive():
                sayso.restart_dead()
            for role in SIGNERS:
                _work_off(clients, role)
    posts = assert_promises_hold(sayso, handed_in=written)
    assert "the chain holds" in sayso.command("audit", "verify")
    assert "0 forgotten" in sayso.command("audit", "coverage")
    return Figures(messages, kills, posts)


def _patience(*, messages: int, kills: int) -> float:
    return SECONDS_TO_FINISH + SECONDS_PER_KILL * kills + SECONDS_PER_MESSAGE * messages


def _write(sayso: RunningSayso, messages: int) -> frozenset[str]:
    """Customers write on the network, whose webhook tells Sayso until it is taken. The posts' ids."""
    lines = [json.loads(line) for line in INBOX.read_text(encoding="utf-8").splitlines()]
    return frozenset(
        sayso.sandbox.write_as_customer(
            lines[number % len(lines)]["text"],
            channel=lines[number % len(lines)]["channel"],
            author=f"@customer-{number}",
            id=f"busy-{number}",
        )
        for number in range(messages)
    )


@contextmanager
def _killing(sayso: RunningSayso, chance: random.Random, *, kills: int) -> Iterator[threading.Thread]:
    """Kill web or worker at random moments and restart what died, until the block ends."""
    ended = threading.Event()

    def kill_and_restart() -> None:
        for _ in range(kills):
            _supervise(sayso, ended, seconds=chance.uniform(*SECONDS_BETWEEN_KILLS))
            chance.choice([sayso.web, sayso.worker]).send(signal.SIGKILL)

    killer = threading.Thread(target=kill_and_restart, name="killer")
    killer.start()
    try:
        yield killer
    finally:
        ended.set()
        killer.join()


def _supervise(sayso: RunningSayso, ended: threading.Event, *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not ended.is_set():
        sayso.restart_dead()
        time.sleep(0.1)


def _work_off(clients: Clients, role: str) -> None:
    """What one person does with their queue as they see it now."""
    for row in clients.queue(role):
        if row["draft_id"] is not None:
            clients.sign_as(role, row)
        elif row["message_id"] % 2:
            clients.answer_in_own_words(row)
        else:
            clients.ignore(row)


def _all_ended(written: frozenset[str]) -> bool:
    return written <= _ended()


def _ended() -> set[str]:
    """External ids of the messages that have their outcome."""
    with transaction() as session:
        return set(
            session.scalars(select(Message.external_id).join(Outcome, Outcome.message_id == Message.id))
        )
