"""`sayso run` as a whole: everything up, a killed process comes back, a clean end, and safe to run again."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from app.core.postgres import EmbeddedPostgres
from tests.journeys.running import wait_for
from tests.sandbox_process import CHECKOUT, free_port

SAYSO = Path(sys.executable).with_name("sayso")


class Copy:
    """One copy of Sayso in a home of its own, with nothing configured but its ports."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        unset = [name for name in os.environ if name.startswith("SAYSO_")]
        self.environment = {name: value for name, value in os.environ.items() if name not in unset} | {
            "SAYSO_HOME": str(home),
            "SAYSO_PORT": str(self.port),
            "SAYSO_SANDBOX_PORT": str(free_port()),
        }
        self.running: subprocess.Popen[str] | None = None

    def start(self) -> None:
        log = (self.home.parent / "run.log").open("a+")
        self.running = subprocess.Popen(
            [SAYSO, "run"], env=self.environment, stdout=log, stderr=log, text=True, cwd=CHECKOUT
        )
        wait_for(self.is_ready, what=f"sayso run to be ready: {self.told()}", seconds=120)

    def told(self) -> str:
        return (self.home.parent / "run.log").read_text()

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/readyz", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def child(self, module: str) -> psutil.Process | None:
        assert self.running is not None
        children = psutil.Process(self.running.pid).children()
        living = [child for child in children if child.status() != psutil.STATUS_ZOMBIE]
        return next((child for child in living if module in child.cmdline()), None)

    def command(self, *arguments: str) -> str:
        done = subprocess.run(
            [SAYSO, *arguments], env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        assert self.running is not None
        self.running.send_signal(number)
        return self.running.wait(timeout=60)


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Copy]:
    copy = Copy(tmp_path / "home")
    try:
        yield copy
    finally:
        if copy.running is not None and copy.running.poll() is None:
            copy.stop()
        EmbeddedPostgres(copy.home).remove()


@pytest.mark.timeout(900)  # it starts everything twice
def test_one_command_brings_everything_up_heals_and_stops_cleanly(copy: Copy) -> None:
    copy.start()
    assert re.search(r"agent\s+\S{12}", copy.told())
    token = copy.command("token", "agent")
    assert re.fullmatch(r"sayso_\S{40,}\n", token)

    worker = copy.child("app.worker")
    assert worker is not None
    worker.kill()
    wait_for(lambda: (new := copy.child("app.worker")) and new.pid != worker.pid, what="a new worker")
    wait_for(lambda: "42" in queue_count(copy, token), what="the demo's messages in the queue", seconds=90)

    assert copy.stop(signal.SIGINT) == 0
    assert not EmbeddedPostgres(copy.home).is_running()
    passwords = copy.told().count("Sign in as")

    copy.start()

    assert copy.told().count("Sign in as") == passwords
    assert "42" in queue_count(copy, token)
    assert copy.stop() == 0


def queue_count(copy: Copy, token: str) -> str:
    answer = httpx.get(
        f"http://127.0.0.1:{copy.port}/api/queue",
        headers={"Authorization": f"Bearer {token.strip()}"},
        trust_env=False,
    )
    return str(answer.json()["count"])


def test_a_port_in_use_is_said_in_a_sentence(copy: Copy) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "http.server", str(copy.port), "--bind", "127.0.0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as other:
        wait_for(lambda: is_listening(copy.port), what="the other program to listen")
        done = subprocess.run([SAYSO, "run"], env=copy.environment, capture_output=True, text=True)
        other.terminate()

    assert done.returncode == 1
    assert f"Port {copy.port} on 127.0.0.1 cannot be used" in done.stderr
    assert "SAYSO_PORT" in done.stderr


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
