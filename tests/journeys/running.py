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
from sqlalchemy import update

from app.cli import demo
from app.core.clock import utc_now
from app.core.crash_points import KILL_AT, KILL_MARK
from app.core.database import transaction
from app.delivery.models import SendingSwitch
from app.staff.sign_in import find_person, make_token
from tests.sandbox_process import CHECKOUT, SandboxProcess, free_port, start_sandbox

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

    def start(self, *, kill_at: str | None = None) -> None:
        """Start it; with `kill_at` it dies at that crash point, once."""
        environment = {**os.environ, **self.environment}
        if kill_at is not None:
            mark = self.log.with_suffix(".mark")
            mark.touch()
            environment |= {KILL_AT: kill_at, KILL_MARK: str(mark)}
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", self.module], cwd=CHECKOUT, env=environment, stdout=log, stderr=log
            )

    @property
    def is_alive(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def wait_until_killed(self, *, seconds: float = 30.0) -> None:
        wait_for(lambda: not self.is_alive, what=f"{self.name} to die", seconds=seconds)
        assert self.running is not None
        assert self.running.returncode == -signal.SIGKILL

    def kill(self) -> None:
        """As kill -9 does."""
        if self.running is not None and self.is_alive:
            self.running.kill()
            self.running.wait()

    def stop(self) -> None:
        if self.running is not None and self.is_alive:
            self.running.terminate()
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
        return httpx.request(method, f"{self.url}{path}", json=json, headers=headers, timeout=30, trust_env=False)

    def receive(self, text: str, *, external_id: str, **more: object) -> dict[str, int]:
        """Hand in a customer's message; the ids it got."""
        body = {"channel": "x", "account": "care", "author": "@customer", "external_id": external_id, "text": text}
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
            return draft if (draft["delivery"] or {}).get("status") == status else None

        return wait_for(look, what=f"a delivery {status} in conversation {conversation_id}", seconds=seconds)

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

    def stop(self) -> None:
        for process in (self.web, self.worker, *self.more_workers):
            process.stop()
        self.sandbox.stop()


def start_sayso(home: Path, *, llm_url: str | None = None, worker_id: str = "worker-1") -> RunningSayso:
    """Start a copy on the database the settings point at: demo brand and people, no inbox.

    Without `llm_url` no model is there, which the product must stand anyway.
    """
    home.mkdir(parents=True, exist_ok=True)
    with transaction() as session:
        demo.seed(session, at=utc_now())
        network = demo.network_token(session, at=utc_now())
        session.execute(update(SendingSwitch).values(is_on=True))
        tokens = {handle: make_token(session, find_person(session, handle), at=utc_now()) for handle in PEOPLE}
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    sandbox = start_sandbox(home, sayso_url=url, token=network)
    environment = {
        "SAYSO_HOME": str(home),
        "SAYSO_PORT": str(port),
        "SAYSO_SANDBOX_PORT": str(sandbox.port),
        "SAYSO_WORKER_ID": worker_id,
    }
    if llm_url is not None:
        environment |= {"SAYSO_LLM_BASE_URL": llm_url, "SAYSO_LLM_API_KEY": "test", "SAYSO_LLM_MODEL": "stand-in"}
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
    sayso.wait_until_up()
    sayso.wait_until_ready()
    return sayso
