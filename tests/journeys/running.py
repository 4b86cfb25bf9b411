"""A running copy of Sayso for journeys: real web, worker and sandbox processes on one test database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx

from app.cli import demo
from app.core.clock import utc_now
from app.core.crash_points import FREEZE, KILL_FILE
from app.core.database import transaction
from app.staff.sign_in import find_person, make_token
from tests.sandbox_process import CHECKOUT, Posted, SandboxProcess, free_port, start_sandbox

PEOPLE = ("agent", "legal", "lead", "gatekeeper")
SECONDS_TO_START = 60.0
T = TypeVar("T")


def wait_for(look: Callable[[], T | None], *, what: str, seconds: float = 30.0) -> T:
    """The first truthy answer of `look`; an AssertionError naming what never came."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")


@dataclass
class Process:
    """One of our processes, restartable, with its log."""

    name: str
    module: str
    environment: dict[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None
    deaths: list[int] = field(default_factory=list)  # how each one that was replaced had ended

    @property
    def kill_file(self) -> Path:
        return self.log.with_suffix(".kill")

    def start(self) -> None:
        environment = {**os.environ, **self.environment, KILL_FILE: str(self.kill_file)}
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", self.module], cwd=CHECKOUT, env=environment, stdout=log, stderr=log
            )

    def arm(self, point: str, *, freeze: bool = False) -> None:
        """Let it die, or freeze, when it next comes to that crash point."""
        prepared = self.kill_file.with_suffix(".prepared")
        prepared.write_text(f"{point} {FREEZE}" if freeze else point)
        prepared.rename(self.kill_file)  # never seen half written

    @property
    def is_armed(self) -> bool:
        return self.kill_file.exists()

    def restart_if_dead(self) -> None:
        """As a supervisor does."""
        if self.running is not None and not self.is_alive:
            self.deaths.append(self.running.returncode)
            self.start()

    def send(self, sign: signal.Signals) -> None:
        assert self.running is not None
        self.running.send_signal(sign)

    @property
    def is_alive(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def wait_until_dead(self, *, seconds: float = 30.0) -> int:
        """How it ended."""
        wait_for(lambda: not self.is_alive, what=f"{self.name} to end", seconds=seconds)
        assert self.running is not None
        return int(self.running.returncode)

    def kill(self) -> None:
        """As kill -9 does."""
        if self.running is not None and self.is_alive:
            self.running.kill()
            self.running.wait()

    def ask_to_stop(self) -> None:
        if self.running is not None and self.is_alive:
            self.running.send_signal(signal.SIGCONT)  # a frozen one could not hear the next signal
            self.running.terminate()

    def wait_until_stopped(self) -> None:
        if self.running is not None:
            try:
                self.running.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()


@dataclass
class RunningSayso:
    """Web, worker and sandbox, with a token per person."""

    home: Path
    web: Process
    worker: Process
    sandbox: SandboxProcess
    url: str
    tokens: dict[str, str]
    more_workers: list[Process] = field(default_factory=list)

    def call(self, method: str, path: str, *, by: str = "agent", json: object = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.tokens[by]}"}
        return httpx.request(
            method, f"{self.url}{path}", json=json, headers=headers, timeout=30, trust_env=False
        )

    def receive(self, text: str, *, external_id: str, **more: object) -> dict[str, int]:
        """Hand in a customer's message; the ids it got."""
        body = {
            "channel": "x",
            "account": "care",
            "author": "@customer",
            "external_id": external_id,
            "text": text,
        }
        answer = self.call("POST", "/api/messages", json={**body, **more})
        assert answer.status_code in (200, 202), answer.text
        ids: dict[str, int] = answer.json()
        return ids

    def conversation(self, conversation_id: int) -> dict[str, Any]:
        answer = self.call("GET", f"/api/conversations/{conversation_id}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def wait_for_draft(self, conversation_id: int, *, seconds: float = 60.0) -> dict[str, Any]:
        """The newest draft of a conversation, once there is one."""

        def look() -> dict[str, Any] | None:
            drafts = self.conversation(conversation_id)["drafts"]
            return dict(drafts[-1]) if drafts else None

        return wait_for(look, what=f"a draft in conversation {conversation_id}", seconds=seconds)

    def sign(self, draft: dict[str, Any], *, role: str, by: str | None = None) -> httpx.Response:
        body = {"role": role, "fingerprint": draft["revision"]["fingerprint"]}
        return self.call("POST", f"/api/drafts/{draft['id']}/sign-offs", by=by or role, json=body)

    def sign_all(self, draft: dict[str, Any]) -> None:
        """Everybody who is asked signs."""
        for required in draft["required_sign_offs"]:
            if required["signed_by"] is None:
                answer = self.sign(draft, role=required["role"])
                assert answer.status_code == 201, answer.text

    def wait_for_delivery(
        self, conversation_id: int, *, status: str = "sent", seconds: float = 60.0
    ) -> dict[str, Any]:
        """The newest draft, once its delivery has that status."""

        def look() -> dict[str, Any] | None:
            draft = self.conversation(conversation_id)["drafts"][-1]
            # Draft and delivery are read one after the other: what was sent in between shows half.
            is_whole = status != "sent" or draft["status"] == "posted"
            return draft if is_whole and (draft["delivery"] or {}).get("status") == status else None

        return wait_for(look, what=f"a delivery {status} in conversation {conversation_id}", seconds=seconds)

    def replies_to(self, external_id: str) -> list[Posted]:
        """What the network shows of ours under a customer's message."""
        return self.sandbox.posts(in_reply_to=external_id)

    def command(self, *words: str) -> str:
        """What a command of `sayso` prints; it must succeed."""
        script = "from app.cli.commands import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", script, *words], cwd=CHECKOUT, capture_output=True, text=True
        )
        assert done.returncode == 0, f"sayso {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def wait_until_up(self) -> None:
        def answers() -> bool:
            try:
                return httpx.get(f"{self.url}/healthz", trust_env=False).status_code == 200
            except httpx.TransportError:
                return False

        wait_for(answers, what="the web process to answer", seconds=SECONDS_TO_START)

    def wait_until_ready(self) -> None:
        def is_ready() -> bool:
            return httpx.get(f"{self.url}/readyz", trust_env=False).status_code == 200

        wait_for(is_ready, what="a worker to be ready", seconds=SECONDS_TO_START)

    def restart_dead(self) -> None:
        for process in (self.web, self.worker):
            process.restart_if_dead()

    def start_worker(self, worker_id: str) -> Process:
        """One more worker beside the first."""
        environment = {**self.worker.environment, "SAYSO_WORKER_ID": worker_id}
        process = Process(worker_id, "app.worker", environment, self.home / f"{worker_id}.log")
        self.more_workers.append(process)
        process.start()
        return process

    def stop(self) -> None:
        processes = (self.web, self.worker, *self.more_workers)
        for process in processes:
            process.ask_to_stop()
        for process in processes:
            process.wait_until_stopped()
        self.sandbox.stop()


def start_sayso(home: Path, *, vectors: Path | None = None) -> RunningSayso:
    """Start a copy on the database the settings point at, which holds the demo without its inbox.

    No model is there, which the product must stand anyway. `vectors` is a folder that copies share,
    so that the FAQ is encoded once.
    """
    home.mkdir(parents=True, exist_ok=True)
    if vectors is not None:
        vectors.mkdir(exist_ok=True)
        (home / "vectors").symlink_to(vectors)
    with transaction() as session:
        network = demo.network_token(session, at=utc_now())
        tokens = {
            handle: make_token(session, find_person(session, handle), at=utc_now()) for handle in PEOPLE
        }
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    sandbox = start_sandbox(home, sayso_url=url, token=network)
    environment = {
        "SAYSO_HOME": str(home),
        "SAYSO_PORT": str(port),
        "SAYSO_SANDBOX_PORT": str(sandbox.port),
        "SAYSO_WORKER_ID": "worker-1",
    }
    sayso = RunningSayso(
        home=home,
        web=Process("web", "app.main", environment, home / "web.log"),
        worker=Process("worker", "app.worker", environment, home / "worker.log"),
        sandbox=sandbox,
        url=url,
        tokens=tokens,
    )
    sayso.web.start()
    sayso.worker.start()
    try:
        sayso.wait_until_up()
        sayso.wait_until_ready()
    except AssertionError:
        sayso.stop()
        raise
    return sayso
