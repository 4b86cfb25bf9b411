"""The processes under `sayso run`: started, watched, started again when they die, stopped together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

STOP_SECONDS = 15.0  # then a child is killed
QUICK_DEATH_SECONDS = 10.0  # a child that lived shorter waits before its next start
LONGEST_WAIT_SECONDS = 15.0
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process of ours, with its log file."""

    name: str
    module: str
    arguments: list[str] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    wait_seconds: float = 0.0


class Children:
    def __init__(self, children: list[Child], *, logs: Path, environment: dict[str, str]) -> None:
        self.children = children
        self._logs = logs
        self._environment = {**os.environ, **environment}
        logs.mkdir(parents=True, exist_ok=True)

    def start(self) -> None:
        for child in self.children:
            self._start(child)

    def restart_dead(self) -> list[str]:
        """Start again what died, a little later each time it dies young. Returns what to tell."""
        told = []
        for child in self.children:
            if child.process is None or child.process.poll() is None:
                continue
            age = time.monotonic() - child.started_at
            if age < child.wait_seconds:
                continue
            told.append(f"{child.name} ended with {child.process.returncode} and was started again")
            young = age < QUICK_DEATH_SECONDS
            child.wait_seconds = min(LONGEST_WAIT_SECONDS, child.wait_seconds * 2 + 1) if young else 0.0
            self._start(child)
        return told

    def stop(self) -> None:
        """Ask all to end, wait, and kill what does not."""
        living = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in living:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in living:
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, child: Child) -> None:
        with (self._logs / f"{child.name}.log").open("ab") as log:
            child.process = subprocess.Popen(  # noqa: S603 -- our own modules, no shell
                [sys.executable, "-m", child.module, *child.arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self._environment,
                preexec_fn=_end_with_parent,
                process_group=0,  # the terminal's Ctrl-C reaches only us; we stop them in order
            )
        child.started_at = time.monotonic()


def _end_with_parent() -> None:
    """On Linux a child gets SIGTERM when we die, however we die, and so never holds our ports."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
