"""Programs say which answer a message is about, and take it back."""

import pytest

from app.core.clock import utc_now
from app.core.database import transaction
from app.core.settings import CHECKOUT
from app.knowledge.import_kb import import_kb
from app.retrieval.judgements import standing_judgements
from tests.api.programs import Api, Proposed
from tests.factories import make_message
from tests.matched import BOAT, TRAIN, WOBBLER, leave_without_draft, make_matched_draft


@pytest.fixture
def proposed(api: Api) -> Proposed:
    with transaction() as session:
        import_kb(session, CHECKOUT / "kb", at=utc_now())
        message = make_message(session, WOBBLER)
        draft = make_matched_draft(session, message)
        return Proposed(message.id, message.conversation_id, draft.id, draft.latest.fingerprint)


def taught() -> list[str | None]:
    with transaction() as session:
        return [one.entry_id for one in standing_judgements(session)]


def url_of(proposed: Proposed) -> str:
    return f"/api/messages/{proposed.message_id}/judgements"


def test_a_correction_answers_the_new_draft(api: Api, proposed: Proposed) -> None:
    body = {"verdict": "corrected", "entry_id": BOAT, "based_on": proposed.fingerprint}

    answer = api.agent.post(url_of(proposed), json=body)

    assert answer.status_code == 201
    told = answer.json()
    assert (told["verdict"], told["entry_id"]) == ("corrected", BOAT)
    assert (told["machine_entry_id"], told["machine_score"]) == (TRAIN, 0.46)
    assert told["draft"] == api.drafts(proposed.conversation_id)[0]
    assert told["draft"]["revision"]["number"] == 2
    assert [one["entry_id"] for one in told["draft"]["revision"]["passages"]] == [BOAT]


def test_a_confirmation_keeps_the_draft_and_none_refuses_it(api: Api, proposed: Proposed) -> None:
    read = {"based_on": proposed.fingerprint}

    right = api.agent.post(url_of(proposed), json={"verdict": "confirmed", **read}).json()
    assert (right["draft"]["revision"]["fingerprint"], taught()) == (proposed.fingerprint, [TRAIN])
    none = api.agent.post(url_of(proposed), json={"verdict": "none_fits", **read}).json()

    assert (none["draft"], none["entry_id"], taught()) == (None, None, [None])
    assert api.drafts(proposed.conversation_id)[0]["status"] == "rejected"


def test_a_message_without_a_draft_gets_one(api: Api, proposed: Proposed) -> None:
    with transaction() as session:
        message = make_message(session, "Another wobbler", author="@other")
        leave_without_draft(session, message)
        url = f"/api/messages/{message.id}/judgements"

    told = api.agent.post(url, json={"verdict": "corrected", "entry_id": BOAT}).json()

    assert told["draft"]["revision"]["text"].startswith("Dogs travel on boats")


def test_who_read_an_older_draft_is_told_of_the_newer(api: Api, proposed: Proposed) -> None:
    edit = {"text": "Other words.", "based_on": proposed.fingerprint}
    api.as_("second").patch(f"/api/drafts/{proposed.draft_id}", json=edit).raise_for_status()

    body = {"verdict": "corrected", "entry_id": BOAT, "based_on": proposed.fingerprint}
    answer = api.agent.post(url_of(proposed), json=body)

    assert answer.status_code == 409
    assert answer.json()["current"]["text"] == "Other words."
    assert taught() == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"verdict": "corrected"}, "names the entry"),
        ({"verdict": "confirmed", "entry_id": BOAT}, "Only a correction names"),
        ({"verdict": "corrected", "entry_id": "no/such"}, "There is no entry no/such"),
        ({"verdict": "perhaps"}, "verdict"),
        ({"verdict": "none_fits", "because": "x"}, "because"),
    ],
)
def test_a_body_that_says_nothing_usable_is_refused(
    api: Api, proposed: Proposed, body: dict[str, str], says: str
) -> None:
    answer = api.agent.post(url_of(proposed), json={"based_on": proposed.fingerprint, **body})

    assert answer.status_code == 422
    assert says in answer.text
    assert taught() == []


def test_a_judgement_is_taken_back(api: Api, proposed: Proposed) -> None:
    body = {"verdict": "confirmed", "based_on": proposed.fingerprint}
    judged = api.agent.post(url_of(proposed), json=body).json()

    answer = api.as_("gatekeeper").post(f"/api/judgements/{judged['id']}/withdrawal")
    again = api.agent.post(f"/api/judgements/{judged['id']}/withdrawal")

    assert (answer.status_code, again.status_code) == (201, 409)
    assert answer.json()["withdrawn_at"] is not None
    assert taught() == []
