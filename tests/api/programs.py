"""Programs that speak to the API: one HTTP client per person."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlalchemy.orm import Session

from app.core.database import transaction
from app.staff.models import Role
from tests.factories import make_account, make_draft, make_message, make_person, token_for

JSON = {"Content-Type": "application/json"}
PEOPLE = {
    "agent": (Role.AGENT,),
    "second": (Role.AGENT,),
    "legal": (Role.LEGAL,),
    "lead": (Role.LEAD, Role.AGENT),
    "gatekeeper": (Role.GATEKEEPER,),
    "network": (Role.NETWORK,),
}


@dataclass
class Api:
    """The API as each person of `PEOPLE` reaches it, and as somebody without a token does."""

    url: str
    clients: dict[str, httpx.Client] = field(default_factory=dict)

    def as_(self, handle: str) -> httpx.Client:
        return self.clients[handle]

    @property
    def agent(self) -> httpx.Client:
        return self.clients["agent"]

    @property
    def legal(self) -> httpx.Client:
        return self.clients["legal"]

    @property
    def nobody(self) -> httpx.Client:
        return self.clients["nobody"]

    def hand_in(self, **changes: Any) -> httpx.Response:
        body = json.dumps(new_message(**changes))  # escapes what UTF-8 cannot hold
        return self.agent.post("/api/messages", content=body, headers=JSON)

    def drafts(self, conversation_id: int) -> list[dict[str, Any]]:
        answer = self.agent.get(f"/api/conversations/{conversation_id}")
        answer.raise_for_status()
        drafts: list[dict[str, Any]] = answer.json()["drafts"]
        return drafts


def new_message(**changes: Any) -> dict[str, Any]:
    """A valid body for POST /api/messages, changed."""
    message = {
        "channel": "x",
        "account": "care",
        "external_id": "post-1",
        "author": "@customer",
        "text": "When is the last boat?",
    }
    return message | changes


def connect(url: str) -> Api:
    """Seed the people and the account, and open a client for each."""
    api = Api(url)
    with transaction() as session:
        make_account(session)
        for handle, roles in PEOPLE.items():
            token = token_for(session, make_person(session, handle, *roles))
            api.clients[handle] = _client(url, {"Authorization": f"Bearer {token}"})
    api.clients["nobody"] = _client(url, {})
    return api


@dataclass(frozen=True)
class Proposed:
    """A stored draft, as its reader would name it."""

    message_id: int
    conversation_id: int
    draft_id: int
    fingerprint: str


def propose(said: str = "When is the last boat?", text: str = "The last boat leaves at 21:40.") -> Proposed:
    with transaction() as session:
        return _proposed(session, said, text)


def _proposed(session: Session, said: str, text: str) -> Proposed:
    message = make_message(session, said)
    draft = make_draft(session, message, text)
    return Proposed(message.id, message.conversation_id, draft.id, draft.latest.fingerprint)


def _client(url: str, headers: dict[str, str]) -> httpx.Client:
    return httpx.Client(base_url=url, headers=headers, timeout=20, trust_env=False)
