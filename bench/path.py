"""The whole path under load: web process, two workers, an instant model, a database on disk."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.clock import utc_now
from app.core.database import transaction
from app.drafting.models import Draft, Strategy
from app.staff.sign_in import find_person, make_token
from app.triage.models import TriageDecision
from bench.empty_work import done, enqueue_nothing
from bench.ground import Ground
from bench.load import hand_in
from bench.messages import bodies, fitting_texts
from bench.processes import Child, start, wait_until, wait_until_it_answers
from tests.sandbox_process import free_port

WORKERS = 2
DOORS = ("encoder", "model client", "drafting")  # where measured_worker has its clocks
WARM_UP = 40  # messages


@dataclass(frozen=True)
class Cpu:
    """CPU seconds used so far."""

    web: float
    workers: float
    database: float

    def since(self, before: "Cpu") -> "Cpu":
        return Cpu(self.web - before.web, self.workers - before.workers, self.database - before.database)

    def each(self, parts: float) -> "Cpu":
        return Cpu(self.web / parts, self.workers / parts, self.database / parts)


@dataclass(frozen=True)
class Measured:
    """One run of the path over so many messages."""

    messages: int
    written: int  # drafts in the model's own words, as opposed to the rungs below
    taken_in_seconds: float  # until the last message was accepted
    drafted_seconds: float  # until the last draft was stored
    cpu: Cpu
    doors: dict[str, float]  # CPU seconds in the workers: encoder, model client, drafting (which holds both)
    idle: Cpu  # per second, with nothing to do
    empty: Cpu  # of as many empty workflows of one step


@dataclass(frozen=True)
class Running:
    ground: Ground
    url: str
    model_url: str
    web: Child
    workers: list[Child]

    def cpu(self) -> Cpu:
        return Cpu(
            self.web.cpu_seconds(),
            sum(worker.cpu_seconds() for worker in self.workers),
            self.ground.database_seconds(),
        )


@contextmanager
def instant_model(home: Path) -> Iterator[str]:
    """The address of a stand-in model in a process of its own."""
    port_file = home / "stand-in.url"
    model = start("stand-in", "bench.stand_in", str(port_file), logs=home)
    try:
        wait_until(port_file.exists, what="the stand-in model", of=[model])
        yield port_file.read_text()
    finally:
        model.stop()
        port_file.unlink(missing_ok=True)


def measure_path(ground: Ground, model_url: str, *, messages: int, idle_seconds: float) -> Measured:
    """Wait idly, hand in so many messages, wait for their drafts."""
    texts = fitting_texts()
    with transaction() as session:
        token = make_token(session, find_person(session, "agent"), at=utc_now())
    running = _start(ground, model_url)
    try:
        _ready(running)
        _hand_in_and_wait(running, token, texts, how_many=WARM_UP)
        idle_before = running.cpu()
        time.sleep(idle_seconds)
        before, began = running.cpu(), time.monotonic()
        taken_in, drafted = _hand_in_and_wait(running, token, texts, how_many=messages)
        ended, cpu = time.monotonic(), running.cpu().since(before)
        written = _written()
        empty = _empty(running, how_many=messages)
    finally:
        for child in (running.web, *running.workers):
            child.stop()
    spent = before.since(idle_before)
    return Measured(
        messages=messages,
        written=written - WARM_UP,
        taken_in_seconds=taken_in,
        drafted_seconds=drafted,
        cpu=cpu,
        doors=_doors(ground.home, began, ended),
        idle=spent.each(idle_seconds),
        empty=empty,
    )


def _start(ground: Ground, model_url: str) -> Running:
    model = {"SAYSO_LLM_BASE_URL": model_url, "SAYSO_LLM_MODEL": "stand-in"}
    port = free_port()
    web = start("web", "app.main", logs=ground.home, SAYSO_PORT=str(port))
    workers = [
        start(
            f"worker-{number}",
            "bench.measured_worker",
            str(_calls_file(ground.home, number)),
            logs=ground.home,
            SAYSO_WORKER_ID=f"bench-{number}",
            **model,
        )
        for number in range(WORKERS)
    ]
    return Running(ground, f"http://127.0.0.1:{port}", model_url, web, workers)


def _ready(running: Running) -> None:
    wait_until_it_answers(running.web, f"{running.url}/healthz")
    wait_until_it_answers(running.web, f"{running.url}/readyz")


def _hand_in_and_wait(
    running: Running, token: str, texts: list[str], *, how_many: int
) -> tuple[float, float]:
    """Seconds until all were accepted, and until all were judged and drafted."""
    settled = _count(TriageDecision.id) + how_many
    began = time.perf_counter()
    hand_in(running.url, token, list(bodies(texts, how_many=how_many)))
    taken_in = time.perf_counter() - began
    wait_until(
        lambda: _count(TriageDecision.id) >= settled,
        what="all drafts",
        of=[running.web, *running.workers],
        seconds=60 + how_many,
    )
    return taken_in, time.perf_counter() - began


def _empty(running: Running, *, how_many: int) -> Cpu:
    """What the engine itself costs for so many pieces of work."""
    before = running.cpu()
    enqueue_nothing(how_many)
    wait_until(lambda: done() >= how_many, what="empty work", of=running.workers, seconds=60 + how_many)
    return running.cpu().since(before)


def _count(column: InstrumentedAttribute[int]) -> int:
    with transaction() as session:
        return session.scalar(select(func.count(column))) or 0


def _written() -> int:
    with transaction() as session:
        return session.scalar(select(func.count(Draft.id)).where(Draft.strategy == Strategy.WRITE)) or 0


def _calls_file(home: Path, number: int) -> Path:
    return home / f"calls-{number}.json"


def _doors(home: Path, began: float, ended: float) -> dict[str, float]:
    """CPU seconds of the calls that ended in this time, by door, over all workers."""
    seconds = dict.fromkeys(DOORS, 0.0)
    for number in range(WORKERS):
        for door, at, cpu in json.loads(_calls_file(home, number).read_text()):
            if began <= at <= ended:
                seconds[door] += cpu
    return seconds
