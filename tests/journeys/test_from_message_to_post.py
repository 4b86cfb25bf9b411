"""The whole path: a message comes in, people sign, exactly that is posted, once."""

from tests.journeys.running import RunningSayso

LATE = "70 minutes late on the 17:05. How do I claim compensation?"
BIKE = "can i take my bike on the ferry to Brae?"


def test_what_agent_and_legal_signed_is_posted_byte_for_byte_once(sayso: RunningSayso) -> None:
    ids = sayso.receive(LATE, external_id="late-1")
    draft = sayso.wait_for_draft(ids["conversation_id"])
    words = draft["revision"]["text"] + " · ok ✓"
    edited = sayso.call(
        "PATCH",
        f"/api/drafts/{draft['id']}",
        json={"text": words, "based_on": draft["revision"]["fingerprint"]},
    ).json()
    draft = sayso.conversation(ids["conversation_id"])["drafts"][-1]
    assert draft["revision"]["fingerprint"] == edited["fingerprint"]
    assert [required["role"] for required in draft["required_sign_offs"]] == ["agent", "legal"]

    assert sayso.sign(draft, role="agent").status_code == 201
    assert sayso.replies_to("late-1") == []
    assert sayso.sign(draft, role="legal").status_code == 201

    posted = sayso.wait_for_delivery(ids["conversation_id"])
    assert posted["status"] == "posted"
    (post,) = sayso.replies_to("late-1")
    assert post.text == words
    assert post.id == posted["delivery"]["external_id"]


def test_a_sign_off_on_an_old_fingerprint_is_refused(sayso: RunningSayso) -> None:
    ids = sayso.receive(BIKE, external_id="old-1")
    read = sayso.wait_for_draft(ids["conversation_id"])
    sayso.call(
        "PATCH",
        f"/api/drafts/{read['id']}",
        json={"text": "Yes, bring it along.", "based_on": read["revision"]["fingerprint"]},
    )

    answer = sayso.sign(read, role="agent")

    assert answer.status_code == 409
    assert answer.json()["current"]["text"] == "Yes, bring it along."
    assert sayso.replies_to("old-1") == []


def test_a_rejected_draft_sends_nothing_and_goes_to_a_person(sayso: RunningSayso) -> None:
    ids = sayso.receive(BIKE, external_id="rejected-1")
    draft = sayso.wait_for_draft(ids["conversation_id"])

    answer = sayso.call("POST", f"/api/drafts/{draft['id']}/rejection", json={"reason": "Wrong island"})

    assert answer.status_code < 300, answer.text
    assert sayso.sign(draft, role="agent").status_code == 409
    conversation = sayso.conversation(ids["conversation_id"])
    assert conversation["drafts"][-1]["status"] == "rejected"
    assert conversation["owner"]["role"] == "agent"
    assert sayso.replies_to("rejected-1") == []


def test_an_agent_answers_without_a_draft_corrects_the_reply_and_deletes_it(sayso: RunningSayso) -> None:
    ids = sayso.receive("May I bring a hydrogen powered hovercraft aboard?", external_id="odd-1")
    conversation_id = ids["conversation_id"]
    answer = f"/api/messages/{ids['message_id']}/answer"
    draft = sayso.call("POST", answer, json={"text": "No, sorry."}).json()
    sayso.sign_all(draft)
    sayso.wait_for_delivery(conversation_id)

    reply = sayso.conversation(conversation_id)["messages"][-1]
    correction = sayso.call(
        "POST", f"/api/replies/{reply['id']}/correction", json={"text": "Sorry, no."}
    ).json()
    sayso.sign_all(correction)
    sayso.wait_for_delivery(conversation_id)
    assert [post.text for post in sayso.replies_to("odd-1")] == ["Sorry, no."]

    deletion = sayso.call("POST", f"/api/replies/{reply['id']}/deletion").json()
    sayso.sign_all(deletion)
    sayso.wait_for_delivery(conversation_id)

    assert sayso.replies_to("odd-1") == []
    assert sayso.conversation(conversation_id)["messages"][0]["outcome"] is None


def test_the_switch_stops_what_is_approved_and_lets_it_go_later(sayso: RunningSayso) -> None:
    sayso.call("PUT", "/api/sending", json={"on": False, "reason": "Storm: hold everything"})
    ids = sayso.receive(BIKE, external_id="switch-1")
    sayso.sign_all(sayso.wait_for_draft(ids["conversation_id"]))
    other = sayso.receive("what is the last boat to brae", external_id="switch-2")
    sayso.wait_for_draft(other["conversation_id"])  # the worker had time to post the first
    assert sayso.replies_to("switch-1") == []

    sayso.call("PUT", "/api/sending", by="lead", json={"on": True, "reason": "Storm is over"})

    sayso.wait_for_delivery(ids["conversation_id"])
    assert len(sayso.replies_to("switch-1")) == 1
