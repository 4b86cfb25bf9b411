"""Work in the background: soon after it was asked for, once at a time, and again when it failed."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from structlog.testing import capture_logs

from app.embeddings.encoder import EncoderUnavailable
from app.retrieval.relearning import Relearning
from tests.retrieval.waiting import DEADLINE_SECONDS, until

THREADS = """
import threading
import numpy
from threadpoolctl import threadpool_info
from app.retrieval.relearning import Relearning

def tell():
    print(*(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"), flush=True)
    told.set()

told = threading.Event()
Relearning(tell, quiet_seconds=0).ask()
assert told.wait(30)
"""


class Work:
    """Counts its runs; each ends when it is let, or with the error that is due."""

    def __init__(self, *errors: Exception) -> None:
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)
        self.at_once = 0
        self.most_at_once = 0
        self._errors: Iterator[Exception] = iter(errors)
        self._runs = count(1)
        self.runs = 0

    def __call__(self) -> None:
        self.runs = next(self._runs)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.begun.release()
        assert self.may_end.acquire(timeout=DEADLINE_SECONDS)
        self.at_once -= 1
        for error in self._errors:
            raise error

    def let_end(self) -> None:
        assert self.begun.acquire(timeout=DEADLINE_SECONDS)
        self.may_end.release()


@pytest.fixture
def idle() -> Callable[[], bool]:
    """Whether nothing is learned any more; indexes of other tests may still be waiting."""
    others = set(threading.enumerate())
    return lambda: (
        not [thread for thread in set(threading.enumerate()) - others if thread.name == "index-relearning"]
    )


def test_what_is_asked_for_in_a_row_is_done_once(idle: Callable[[], bool]) -> None:
    work = Work()
    relearning = Relearning(work, quiet_seconds=0.05)

    for _ in range(20):
        relearning.ask()
    work.let_end()

    until(idle)
    assert work.runs == 1


def test_what_is_asked_for_meanwhile_is_done_after_it(idle: Callable[[], bool]) -> None:
    work = Work()
    relearning = Relearning(work, quiet_seconds=0)
    relearning.ask()
    assert work.begun.acquire(timeout=DEADLINE_SECONDS)

    relearning.ask()
    work.may_end.release()
    work.let_end()

    until(idle)
    assert (work.runs, work.most_at_once) == (2, 1)


@pytest.mark.parametrize("error", [EncoderUnavailable("It has gone."), ZeroDivisionError("of ours")])
def test_a_failure_is_logged_and_tried_again(error: Exception, idle: Callable[[], bool]) -> None:
    work = Work(error)
    relearning = Relearning(work, quiet_seconds=0, first_pause_seconds=0.01)

    with capture_logs() as logs:
        relearning.ask()
        work.let_end()
        work.let_end()
        until(idle)

    assert work.runs == 2
    assert [(log["event"], log["again_in_seconds"]) for log in logs] == [("index.not_learned", 0.01)]
    assert logs[0].get("why", logs[0].get("exc_info")) in ("It has gone.", True)


def test_changes_without_end_do_not_put_it_off_for_ever() -> None:
    work = Work()
    relearning = Relearning(work, quiet_seconds=3_600, patience_seconds=0.2)

    while not work.begun.acquire(timeout=0.02):
        relearning.ask()
    work.may_end.release()


def test_it_leaves_the_other_cores_to_those_who_answer() -> None:
    """In a process of its own, since the number of threads is the whole process's."""
    told = subprocess.run(
        [sys.executable, "-c", THREADS], capture_output=True, text=True, timeout=60, check=True
    )

    assert set(told.stdout.split()) == {"1"}
