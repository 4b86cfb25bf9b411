"""The big list of naughty strings in every text field of every address: stored as sent, or refused."""

import json
from typing import Any

import httpx
import pytest

from app.core.database import transaction
from app.core.settings import CHECKOUT
from tests.api.conftest import api
from tests.api.programs import Api, new_message, propose
from tests.api.test_contract import BODIES, operations
from tests.factories import make_message, make_posted_reply

pytestmark = pytest.mark.conformance

__all__ = ["api"]  # the fixture

REVISIONS_PER_DRAFT = 20
STRINGS = CHECKOUT.parent / "shared" / "data" / "conformance" / "hostile" / "blns.json"


def naughty() -> list[str]:
    strings: list[str] = json.loads(STRINGS.read_text(encoding="utf-8"))
    assert len(strings) > 500
    return list(dict.fromkeys(strings))


def test_a_message_of_hostile_words_is_stored_and_read_back_as_it_was_sent(api: Api) -> None:
    for number, hostile in enumerate(naughty()):
        sent = new_message(external_id=f"post-{number}", author=hostile or "-", text=hostile or "-")
        answer = api.agent.post("/api/messages", json=sent)

        assert answer.status_code == 202, hostile
        told = read(api, answer.json()["conversation_id"])["messages"][0]
        assert (told["text"], told["author"]) == (sent["text"], sent["author"])


def test_hostile_ids_and_names_are_kept_or_refused(api: Api) -> None:
    for hostile in naughty():
        by_id = api.hand_in(external_id=hostile)
        by_reply = api.hand_in(external_id=f"reply to {hostile}"[:500], in_reply_to=hostile)
        by_account, by_channel = api.hand_in(account=hostile), api.hand_in(channel=hostile)

        assert by_id.status_code == (202 if 0 < len(hostile) <= 500 else 422), hostile
        assert by_reply.status_code == (202 if 0 < len(hostile) <= 500 else 422), hostile
        assert (by_account.status_code, by_channel.status_code) == (422, 422), hostile


def test_drafts_take_hostile_words_byte_for_byte(api: Api) -> None:
    for number, hostile in enumerate(naughty()):
        if number % REVISIONS_PER_DRAFT == 0:
            proposed = propose()
            url, fingerprint = f"/api/drafts/{proposed.draft_id}", proposed.fingerprint
        answer = api.agent.patch(url, json={"text": hostile, "based_on": fingerprint})

        assert answer.status_code == (200 if hostile.strip() else 422), hostile
        if answer.status_code == 200:
            assert answer.json()["text"] == hostile
            fingerprint = answer.json()["fingerprint"]


def test_every_other_text_field_of_every_address_holds_out(api: Api) -> None:
    with transaction() as session:
        make_posted_reply(session, make_message(session))
    others = [(method, path) for method, path, _ in operations() if path != "/api/messages"]
    for hostile in naughty():
        for method, path in others:
            for name, value in BODIES.get(path, {}).items():
                if isinstance(value, str):
                    answer = hostile_ask(api.as_("lead"), method, path, {name: hostile})
                    assert answer.status_code < 500, (path, name, hostile)


def test_hostile_addresses_parameters_and_tokens_hold_out(api: Api) -> None:
    for hostile in naughty():
        answers = [
            api.agent.get("/api/queue", params={"role": hostile, "limit": hostile}),
            api.agent.get(f"/api/conversations/{httpx.QueryParams({'q': hostile})}"),
            api.nobody.get("/api/queue", headers={b"Authorization": b"Bearer " + header(hostile)}),
        ]

        assert [answer.status_code for answer in answers] in ([422, 422, 401], [422, 404, 401]), hostile


def read(api: Api, conversation_id: int) -> dict[str, Any]:
    told: dict[str, Any] = api.agent.get(f"/api/conversations/{conversation_id}").json()
    return told


def hostile_ask(client: httpx.Client, method: str, path: str, change: dict[str, str]) -> httpx.Response:
    for name in ("message_id", "draft_id", "delivery_id"):
        path_of_one = path.replace(f"{{{name}}}", "1")
        if path_of_one != path:
            return client.request(method, path_of_one, json=BODIES[path] | change)
    return client.request(method, path, json=BODIES[path] | change)


def header(hostile: str) -> bytes:
    """What a header may hold of it."""
    return "".join(each for each in hostile if each.isprintable()).strip().encode() or b"-"
