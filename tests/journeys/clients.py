"""Customers' networks and our own people, as they behave when one of our processes dies under their hands."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from app.core import jobs
from tests.journeys.running import Process, RunningSayso

# Less than until the worker's sweep looks for forgotten messages: the engine itself has to resume.
SECONDS_TO_SETTLE = 45.0
PATIENCE_SECONDS = 4.0  # then a person looks at the network themselves and says what they saw
MARK = " · ok ✓"  # what our people add to every draft they edit


def unfinished_jobs() -> list[str]:
    """Jobs that a worker has, or could take now."""
    waiting = jobs.client().list_workflows(status=["PENDING", "ENQUEUED"], load_input=False)
    return [f"{job.name} {job.status} {job.workflow_id}" for job in waiting]


@dataclass
class Clients:
    """Everybody outside. They see no error as final, and look at the page before they do a thing again."""

    sayso: RunningSayso
    arm_before_last_signature: str | None = None  # a crash point of the web process
    uncertain_since: float | None = None

    def hand_in(self, text: str, *, external_id: str) -> int:
        """Deliver a message as a webhook does: again and again until it is taken. Its conversation."""
        body = {
            "channel": "x",
            "account": "care",
            "author": "@customer",
            "external_id": external_id,
            "text": text,
        }
        for _ in self._tries():
            answer = self._call("POST", "/api/messages", json=body)
            if answer is not None and answer.is_success:
                return int(answer.json()["conversation_id"])
        raise AssertionError(f"{external_id} was never taken")

    def see_through(self, conversation_id: int) -> str:
        """Edit, sign and wait until the reply is posted. The words that everybody signed."""
        for _ in self._tries():
            answer = self._call("GET", f"/api/conversations/{conversation_id}")
            if answer is None or not answer.json()["drafts"]:
                continue
            conversation = answer.json()
            draft = conversation["drafts"][-1]
            if draft["status"] == "posted":
                return str(draft["revision"]["text"])
            if draft["status"] == "approved":
                self._settle_if_uncertain(draft, conversation["messages"][0]["external_id"])
            else:
                self._decide(draft)
        raise AssertionError(f"conversation {conversation_id} was never answered")

    def see_through_restart(self, process: Process) -> None:
        """Wait until what died is back and has resumed what it left, which may be where a mistake shows."""
        for _ in self._tries():
            if not process.is_armed and process.is_alive and not unfinished_jobs():
                return
        raise AssertionError(f"not finished after the restart: {unfinished_jobs()}")

    def queue(self, role: str) -> list[dict[str, Any]]:
        answer = self._call("GET", f"/api/queue?role={role}&limit=200", by=role)
        return list(answer.json()["messages"]) if answer is not None else []

    def sign_as(self, role: str, row: dict[str, Any]) -> None:
        """Read what waits, and sign what was read."""
        answer = self._call("GET", f"/api/conversations/{row['conversation_id']}")
        if answer is None:
            return
        draft = answer.json()["drafts"][-1]
        body = {"role": role, "fingerprint": draft["revision"]["fingerprint"]}
        self._call("POST", f"/api/drafts/{draft['id']}/sign-offs", by=role, json=body)

    def answer_in_own_words(self, row: dict[str, Any]) -> None:
        body = {"text": "Thank you for writing to us. We are sorry, this we cannot help with."}
        self._call("POST", f"/api/messages/{row['message_id']}/answer", json=body)

    def ignore(self, row: dict[str, Any]) -> None:
        self._call("POST", f"/api/messages/{row['message_id']}/ignore", json={"reason": "Not for us"})

    def _decide(self, draft: dict[str, Any]) -> None:
        if not draft["revision"]["text"].endswith(MARK):
            body = {"text": draft["revision"]["text"] + MARK, "based_on": draft["revision"]["fingerprint"]}
            self._call("PATCH", f"/api/drafts/{draft['id']}", json=body)
        else:
            self._sign_next(draft)

    def _sign_next(self, draft: dict[str, Any]) -> None:
        missing = [one["role"] for one in draft["required_sign_offs"] if one["signed_by"] is None]
        if not missing:
            return
        if len(missing) == 1 and self.arm_before_last_signature is not None:
            self.sayso.web.arm(self.arm_before_last_signature)
            self.arm_before_last_signature = None
        body = {"role": missing[0], "fingerprint": draft["revision"]["fingerprint"]}
        self._call("POST", f"/api/drafts/{draft['id']}/sign-offs", by=missing[0], json=body)

    def _settle_if_uncertain(self, draft: dict[str, Any], external_id: str) -> None:
        """After a while the agent looks at the network, and says that nothing arrived if it shows nothing."""
        delivery = draft["delivery"]
        if delivery is None or delivery["status"] != "unknown":
            self.uncertain_since = None
            return
        self.uncertain_since = self.uncertain_since or time.monotonic()
        if time.monotonic() - self.uncertain_since < PATIENCE_SECONDS:
            return
        if not self.sayso.replies_to(external_id):
            self._call("POST", f"/api/deliveries/{delivery['id']}/resolution", json={"arrived": False})

    def _call(
        self, method: str, path: str, *, by: str = "agent", json: object = None
    ) -> httpx.Response | None:
        """The answer, or None when there was none. A refusal can only be that somebody was faster."""
        try:
            answer = self.sayso.call(method, path, by=by, json=json)
        except httpx.TransportError:
            return None
        assert answer.is_success or answer.status_code in (409, 503), f"{method} {path}: {answer.text}"
        return answer

    def _tries(self) -> Iterator[None]:
        """Turns to try, a moment apart, while a supervisor restarts what died."""
        give_up_at = time.monotonic() + SECONDS_TO_SETTLE
        while time.monotonic() < give_up_at:
            self.sayso.restart_dead()
            yield
            time.sleep(0.1)
