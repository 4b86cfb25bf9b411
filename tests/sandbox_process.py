"""The sandbox network as tests use it: a real process, real HTTP, a folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

import httpx

CHECKOUT = Path(__file__).parents[1]
SECONDS_TO_START = 30.0
SECONDS_TO_STOP = 10.0
# Port 9 is "discard": nothing listens, so messages wait. Tests that want them delivered say where.
NOWHERE = "http://127.0.0.1:9"
TOKEN = "sandbox-token"


@dataclass(frozen=True)
class Posted:
    """One post the brand really made, as `GET /posts` tells it. Times are ISO 8601 in UTC."""

    id: str
    channel: str
    account: str
    in_reply_to: str | None
    text: str
    visibility: str
    recipient: str | None
    posted_at: str
    key: str | None
    edited_at: str | None
    deleted_at: str | None


@dataclass
class SandboxProcess:
    """One network. `start` may follow `kill` or `stop`: same folder, same port, same ledger."""

    home: Path
    port: int
    sayso_url: str
    token: str
    process: subprocess.Popen[bytes] = field(init=False)
    client: httpx.Client = field(init=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ledger_path(self) -> Path:
        return self.home / "sandbox" / "ledger.jsonl"

    @property
    def log_path(self) -> Path:
        return self.home / "sandbox.log"

    def posts(self, **query: str) -> list[Posted]:
        """What was really posted, oldest first; filters: account, channel, in_reply_to, deleted="1"."""
        names = [each.name for each in fields(Posted)]
        return [Posted(**{name: post[name] for name in names}) for post in self._get("/posts", query).json()]

    def ledger(self, *, after: int = 0) -> list[dict[str, Any]]:
        """The ledger's lines numbered above `after`."""
        return [json.loads(line) for line in self._lines(after)]

    def settings(self, **changes: object) -> dict[str, Any]:
        """Change what is named, leave the rest, answer all of it."""
        answer = self.client.patch("/settings", json=changes) if changes else self.client.get("/settings")
        answer.raise_for_status()
        settings: dict[str, Any] = answer.json()
        return settings

    def reset_settings(self) -> None:
        self.client.put("/settings", json={}).raise_for_status()

    def write_as_customer(
        self,
        text: str,
        *,
        channel: str = "x",
        author: str = "@ferry_fan",
        visibility: str = "public",
        in_reply_to: str | None = None,
        **more: object,
    ) -> str:
        """Post as a customer; answers the post's id. `more`: id, sent_at, account, mentions_us."""
        post = {"channel": channel, "author": author, "text": text, "visibility": visibility}
        answer = self.client.post("/customer-posts", json={**post, "in_reply_to": in_reply_to, **more})
        answer.raise_for_status()
        post_id: str = answer.json()["id"]
        return post_id

    def publish(self, text: str, *, key: str | None = None, **more: object) -> httpx.Response:
        """Post as the brand would. `more`: channel, account, in_reply_to, visibility, recipient."""
        headers = {} if key is None else {"Idempotency-Key": key}
        body = {"channel": "x", "account": "care", "text": text, **more}
        return self.client.post("/posts", json=body, headers=headers)

    def start(self) -> Self:
        variables = {
            "SAYSO_HOME": str(self.home),
            "SAYSO_SANDBOX_PORT": str(self.port),
            "SAYSO_URL": self.sayso_url,
            "SAYSO_SANDBOX_TOKEN": self.token,
        }
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "sandbox"],
                cwd=CHECKOUT,
                env=os.environ | variables,
                stdout=log,
                stderr=log,
            )
        self.client = httpx.Client(base_url=self.url, timeout=10, trust_env=False)
        self._wait_until_healthy()
        return self

    def stop(self) -> None:
        """As an operator does: SIGTERM, then wait."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut does: SIGKILL."""
        self._end(signal.SIGKILL)

    def _get(self, path: str, query: dict[str, str]) -> httpx.Response:
        return self.client.get(path, params=query).raise_for_status()

    def _lines(self, after: int) -> list[bytes]:
        return self._get("/ledger", {"after": str(after)}).content.split(b"\n")[:-1]

    def _end(self, sign: signal.Signals) -> None:
        self.client.close()
        if self.process.poll() is None:
            self.process.send_signal(sign)
        try:
            self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                self.client.get("/healthz").raise_for_status()
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        self.kill()
        raise RuntimeError(f"the sandbox network did not start:\n{self.log_path.read_text()[-2000:]}")


def start_sandbox(
    home: Path, *, port: int | None = None, sayso_url: str = NOWHERE, token: str = TOKEN
) -> SandboxProcess:
    """A running network with its ledger under `home`/sandbox. Whoever starts it stops it."""
    home.mkdir(parents=True, exist_ok=True)
    return SandboxProcess(home, port or free_port(), sayso_url, token).start()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
