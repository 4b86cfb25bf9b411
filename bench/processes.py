"""The processes that are measured, each with its log."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from app.core.settings import CHECKOUT

SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 20.0


@dataclass(frozen=True)
class Child:
    """A process of ours."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def cpu_seconds(self) -> float:
        """User and system time of all its threads so far."""
        times = psutil.Process(self.process.pid).cpu_times()
        return times.user + times.system

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(name: str, module: str, *arguments: str, logs: Path, **environment: str) -> Child:
    log = logs / f"{name}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=CHECKOUT,
            env={**os.environ, **environment},
            stdout=output,
            stderr=output,
        )
    return Child(name, process, log)


def wait_until_it_answers(child: Child, url: str) -> None:
    """Until the address answers 200."""

    def answers() -> bool:
        try:
            return httpx.get(url, trust_env=False, timeout=5).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    wait_until(answers, what=f"{url} to answer", of=[child])


def wait_until(
    is_so: Callable[[], bool], *, what: str, of: list[Child], seconds: float = SECONDS_TO_START
) -> None:
    """Look ten times a second. Raises `RuntimeError` with the log's end when a process died or time is up."""
    give_up_at = time.monotonic() + seconds
    while not is_so():
        dead = [child for child in of if child.process.poll() is not None]
        if dead or time.monotonic() > give_up_at:
            tails = "\n".join(f"{child.name}: {child.log.read_text()[-2000:]}" for child in dead or of)
            raise RuntimeError(f"waited in vain for {what}\n{tails}")
        time.sleep(0.1)
