"""Messages are handed in once, read with their drafts, answered and ignored."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app.conversations.models import Contact, Conversation, Message
from app.core.database import transaction
from app.core.jobs import client as engine
from tests.api.programs import Api, new_message, propose
from tests.factories import make_message

A_TIME = "must be a time such as 2026-05-04T09:30:00Z"


def test_a_message_is_accepted_once_and_a_repeat_answers_the_same_ids(api: Api) -> None:
    first, second = api.hand_in(), api.hand_in(text="Another text under the same id")

    assert (first.status_code, second.status_code) == (202, 200)
    assert set(first.json()) == {"conversation_id", "message_id"}
    assert second.json() == first.json()
    assert _texts(api, first.json()["conversation_id"]) == ["When is the last boat?"]
    jobs = engine().list_workflows(queue_name="answering")
    assert [job.status for job in jobs] == ["ENQUEUED"]


def test_twenty_networks_handing_in_the_same_message_at_once_store_it_once(api: Api) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: api.hand_in(), range(20)))

    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [202]
    assert len({answer.text for answer in answers}) == 1
    with transaction() as session:
        for table in (Message, Conversation, Contact):
            assert session.scalar(select(func.count()).select_from(table)) == 1
    assert len(engine().list_workflows(queue_name="answering")) == 1


def test_a_burst_larger_than_the_databases_connections_is_answered(api: Api) -> None:
    with ThreadPoolExecutor(60) as pool:
        answers = list(pool.map(lambda n: api.hand_in(external_id=f"post-{n}"), range(180)))

    assert {answer.status_code for answer in answers} == {202}


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2026-05-04T09:30:00Z", datetime(2026, 5, 4, 9, 30, tzinfo=UTC)),
        ("2026-05-04T09:30:00+02:00", datetime(2026, 5, 4, 7, 30, tzinfo=UTC)),
        ("2026-05-04T09:30:00", datetime(2026, 5, 4, 9, 30, tzinfo=UTC)),
    ],
)
def test_the_networks_time_is_kept_in_utc(api: Api, written: str, stored: datetime) -> None:
    ids = api.hand_in(sent_at=written).json()

    message = api.agent.get(f"/api/conversations/{ids['conversation_id']}").json()["messages"][0]

    assert datetime.fromisoformat(message["sent_at"]) == stored


def test_a_conversation_holds_every_promised_field(api: Api) -> None:
    proposed = propose()

    told = api.agent.get(f"/api/conversations/{proposed.conversation_id}").json()

    assert set(told) == {"id", "channel", "account", "messages", "drafts", "owner"}
    assert (told["channel"], told["account"], told["owner"]) == ("x", "care", None)
    message = told["messages"][0]
    assert set(message) == {
        "id", "external_id", "direction", "author", "text", "visibility", "sent_at", "received_at",
        "in_reply_to", "outcome", "due_at",
    }  # fmt: skip
    draft = told["drafts"][0]
    assert set(draft) == {
        "id", "message_id", "status", "strategy", "note", "reason", "act", "purpose", "switch_ground",
        "revision", "required_sign_offs", "delivery",
    }  # fmt: skip
    revision = draft["revision"]
    assert set(revision) == {"number", "text", "fingerprint", "length", "limit", "passages", "checks"}
    assert set(revision["checks"][0]) == {"name", "passed", "detail", "blocks"}
    assert (revision["length"], revision["limit"]) == (30, 280)
    assert draft["required_sign_offs"] == [
        {"role": "agent", "reason": "Always: somebody on the team reads every reply", "signed_by": None}
    ]
    assert draft["delivery"] is None


def test_a_reply_and_a_private_message_find_their_conversations(api: Api) -> None:
    first = api.hand_in().json()
    reply = api.hand_in(external_id="post-2", in_reply_to="post-1").json()
    private = api.hand_in(external_id="post-3", visibility="private", mentions_us=False).json()

    assert reply["conversation_id"] == first["conversation_id"]
    assert private["conversation_id"] != first["conversation_id"]


def test_a_broken_character_does_not_lose_a_customers_message(api: Api) -> None:
    answer = api.hand_in(text="\0half \ud800 \ud83d\ude00")

    assert answer.status_code == 202
    assert _texts(api, answer.json()["conversation_id"]) == ["\ufffdhalf \ufffd \U0001f600"]


def test_an_unknown_account_is_refused_with_those_that_exist(api: Api) -> None:
    answer = api.hand_in(account="sales")

    assert answer.status_code == 422
    assert answer.json()["detail"] == ("There is no account 'sales' on x. Known accounts: care on x.")


WRONG: list[tuple[dict[str, object], str]] = [
    ({"text": 7}, "The field text must be text."),
    ({"text": ""}, "The field text must not be empty."),
    ({"text": "x" * 25_001}, "The field text is longer than 25,000 characters."),
    ({"external_id": 7}, "The field external_id must be text."),
    ({"external_id": "x" * 501}, "The field external_id is longer than 500 characters."),
    ({"author": "a\0b"}, "The field author holds a NUL character, which cannot be stored."),
    ({"mentions_us": 1}, "The field mentions_us must be true or false."),
    ({"visibility": "secret"}, "The field visibility must be public or private."),
    ({"sent_at": 1714814400}, f"The field sent_at {A_TIME}."),
    ({"sent_at": "yesterday"}, f"The field sent_at {A_TIME}."),
    ({"sent_at": "0001-01-01T00:00:00+14:00"}, f"The field sent_at {A_TIME}."),
    ({"sender": "me"}, "The field sender is not known here."),
]


def test_an_unusable_field_is_named_in_words(api: Api) -> None:
    for change, sentence in WRONG:
        answer = api.hand_in(**change)

        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code, answer.json()["detail"]) == (422, sentence)


def test_the_queue_lists_what_waits_for_a_role_first_due_first(api: Api) -> None:
    plain = propose()
    compensation = propose("I want compensation or I sue you", "We are sorry to hear that.")

    agent = api.agent.get("/api/queue").json()
    legal = api.legal.get("/api/queue", params={"role": "legal"}).json()

    assert [row["draft_id"] for row in agent["messages"]] == [plain.draft_id, compensation.draft_id]
    assert agent["count"] == 2
    assert [row["draft_id"] for row in legal["messages"]] == [compensation.draft_id]
    assert legal["messages"][0]["waits_for"] == ["agent", "legal"]
    assert (
        api.agent.get("/api/queue", params={"limit": 1, "offset": 1}).json()["messages"][0]["draft_id"]
        == compensation.draft_id
    )


def test_an_agent_answers_in_their_own_words(api: Api) -> None:
    with transaction() as session:
        message_id = make_message(session).id

    answer = api.agent.post(f"/api/messages/{message_id}/answer", json={"text": "At 21:40."})
    again = api.agent.post(f"/api/messages/{message_id}/answer", json={"text": "At 22:10."})

    assert (answer.status_code, again.status_code) == (201, 409)
    assert answer.json()["strategy"] == "person"
    assert answer.json()["revision"]["text"] == "At 21:40."


def test_an_ignored_message_ends_with_its_reason_and_only_once(api: Api) -> None:
    proposed = propose()
    url = f"/api/messages/{proposed.message_id}/ignore"

    answer = api.agent.post(url, json={"reason": "A joke between friends"})
    again = api.agent.post(url, json={"reason": "Twice"})

    assert (answer.status_code, again.status_code) == (201, 409)
    assert answer.json()["messages"][0]["outcome"] == {"kind": "ignored", "reason": "A joke between friends"}
    assert answer.json()["drafts"][0]["status"] == "superseded"


def test_the_same_external_id_on_another_account_is_another_message(api: Api) -> None:
    known = api.hand_in().json()
    other = api.agent.post("/api/messages", json=new_message(external_id="post-1 "))

    assert other.status_code == 202
    assert other.json() != known


def _texts(api: Api, conversation_id: int) -> list[str]:
    told = api.agent.get(f"/api/conversations/{conversation_id}").json()
    return [message["text"] for message in told["messages"]]
