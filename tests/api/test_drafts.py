"""Drafts are edited, signed and rejected; what was not read cannot be signed."""

from concurrent.futures import ThreadPoolExecutor

from app.core.database import transaction
from app.core.jobs import client as engine
from tests.api.programs import Api, propose
from tests.factories import make_message


def test_an_edit_answers_the_new_revision(api: Api) -> None:
    proposed = propose()

    body = {"text": "It leaves at 22:10.", "based_on": proposed.fingerprint}
    answer = api.agent.patch(f"/api/drafts/{proposed.draft_id}", json=body)

    assert answer.status_code == 200
    revision = answer.json()
    assert (revision["number"], revision["text"]) == (2, "It leaves at 22:10.")
    assert revision["fingerprint"] != proposed.fingerprint
    assert revision == api.drafts(proposed.conversation_id)[0]["revision"]


def test_the_loser_of_a_race_gets_both_texts_and_changes_nothing(api: Api) -> None:
    proposed = propose()
    url = f"/api/drafts/{proposed.draft_id}"

    def edit(text: str) -> tuple[int, str, str | None]:
        answer = api.agent.patch(url, json={"text": text, "based_on": proposed.fingerprint})
        told = answer.json()
        if answer.status_code == 200:
            return 200, told["text"], None
        return answer.status_code, told["current"]["text"], told["yours"]

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(edit, ["First words", "Second words"]))

    (won, kept, _), (lost, current, yours) = answers
    assert (won, lost) == (200, 409)
    assert current == kept
    assert {kept, yours} == {"First words", "Second words"}
    assert api.drafts(proposed.conversation_id)[0]["revision"]["text"] == kept


def test_the_last_signature_approves_and_queues_the_posting_once(api: Api) -> None:
    proposed = propose()
    sign = {"role": "agent", "fingerprint": proposed.fingerprint}

    first = api.agent.post(f"/api/drafts/{proposed.draft_id}/sign-offs", json=sign)
    again = api.agent.post(f"/api/drafts/{proposed.draft_id}/sign-offs", json=sign)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["status"] == "approved"
    assert [one["signed_by"] for one in first.json()["required_sign_offs"]] == ["agent"]
    assert len(engine().list_workflows(queue_name="posting")) == 1


def test_what_touches_compensation_waits_for_legal_too(api: Api) -> None:
    proposed = propose("I want compensation or I sue you", "We are sorry to hear that.")
    url = f"/api/drafts/{proposed.draft_id}/sign-offs"

    agent = api.agent.post(url, json={"role": "agent", "fingerprint": proposed.fingerprint}).json()
    legal = api.legal.post(url, json={"role": "legal", "fingerprint": proposed.fingerprint}).json()

    assert agent["status"] == "proposed"
    assert [one["signed_by"] for one in agent["required_sign_offs"]] == ["agent", None]
    assert legal["status"] == "approved"
    assert [one["signed_by"] for one in legal["required_sign_offs"]] == ["agent", "legal"]


def test_a_signature_on_words_that_were_changed_is_refused(api: Api) -> None:
    proposed = propose()
    url = f"/api/drafts/{proposed.draft_id}"
    new = api.as_("second").patch(url, json={"text": "At 22:10.", "based_on": proposed.fingerprint}).json()

    answer = api.agent.post(f"{url}/sign-offs", json={"role": "agent", "fingerprint": proposed.fingerprint})

    assert answer.status_code == 409
    assert answer.json()["current"] == {
        "number": 2, "text": "At 22:10.", "fingerprint": new["fingerprint"],
    }  # fmt: skip
    assert api.drafts(proposed.conversation_id)[0]["status"] == "proposed"
    assert engine().list_workflows(queue_name="posting") == []


def test_an_edit_takes_signatures_back(api: Api) -> None:
    proposed = propose()
    url = f"/api/drafts/{proposed.draft_id}"
    api.agent.post(f"{url}/sign-offs", json={"role": "agent", "fingerprint": proposed.fingerprint})

    api.agent.patch(url, json={"text": "At 22:10.", "based_on": proposed.fingerprint}).raise_for_status()

    draft = api.drafts(proposed.conversation_id)[0]
    assert draft["status"] == "proposed"
    assert [one["signed_by"] for one in draft["required_sign_offs"]] == [None]


def test_a_signature_given_before_the_customer_wrote_again_no_longer_counts(api: Api) -> None:
    proposed = propose("I want compensation or I sue you", "We are sorry to hear that.")
    sign = {"role": "agent", "fingerprint": proposed.fingerprint}
    api.agent.post(f"/api/drafts/{proposed.draft_id}/sign-offs", json=sign)
    external_id = _external_id(api, proposed.conversation_id)
    with transaction() as session:
        make_message(session, "And another thing", in_reply_to=external_id)

    required = api.drafts(proposed.conversation_id)[0]["required_sign_offs"]

    assert [one["signed_by"] for one in required] == [None, None]


def test_a_rejected_draft_is_over_and_its_message_has_an_owner(api: Api) -> None:
    proposed = propose()
    url = f"/api/drafts/{proposed.draft_id}"

    rejected = api.agent.post(f"{url}/rejection", json={"reason": "Wrong route"})
    signed = api.agent.post(f"{url}/sign-offs", json={"role": "agent", "fingerprint": proposed.fingerprint})

    assert (rejected.status_code, signed.status_code) == (201, 409)
    assert (rejected.json()["status"], rejected.json()["id"]) == ("rejected", proposed.draft_id)
    told = api.agent.get(f"/api/conversations/{proposed.conversation_id}").json()
    assert told["owner"] == {
        "role": "agent", "person": None, "reason": "Agent rejected the draft: Wrong route",
    }  # fmt: skip
    assert engine().list_workflows(queue_name="posting") == []


def _external_id(api: Api, conversation_id: int) -> str:
    told = api.agent.get(f"/api/conversations/{conversation_id}").json()
    external_id: str = told["messages"][0]["external_id"]
    return external_id
