"""Posted replies are corrected and taken back, uncertain ones settled, all posting stopped."""

from app.core.database import transaction
from app.core.jobs import client as engine
from tests.api.programs import Api, propose
from tests.factories import make_draft, make_message, make_posted_reply, make_uncertain_delivery


def test_a_correction_and_a_deletion_are_drafts_to_be_signed(api: Api) -> None:
    with transaction() as session:
        reply_id = make_posted_reply(session, make_message(session)).id
        other_id = make_posted_reply(session, make_message(session)).id

    corrected = api.agent.post(f"/api/replies/{reply_id}/correction", json={"text": "At 22:10."})
    deleted = api.agent.post(f"/api/replies/{other_id}/deletion")

    assert (corrected.status_code, deleted.status_code) == (201, 201)
    assert (corrected.json()["act"], corrected.json()["revision"]["text"]) == ("correct", "At 22:10.")
    assert (deleted.json()["act"], deleted.json()["revision"]["text"]) == ("delete", "")
    assert {corrected.json()["status"], deleted.json()["status"]} == {"proposed"}


def test_somebody_who_looked_settles_uncertain_posts_one_after_the_other(api: Api) -> None:
    with transaction() as session:
        ids = [
            make_uncertain_delivery(session, make_draft(session, make_message(session))).id for _ in range(3)
        ]

    arrived = [
        api.agent.post(f"/api/deliveries/{delivery_id}/resolution", json={"arrived": True})
        for delivery_id in ids[:2]
    ]
    not_posted = api.agent.post(f"/api/deliveries/{ids[2]}/resolution", json={"arrived": False})
    again = api.agent.post(f"/api/deliveries/{ids[2]}/resolution", json={"arrived": True})

    assert [answer.status_code for answer in (*arrived, not_posted, again)] == [201, 201, 201, 409]
    assert [answer.json()["status"] for answer in arrived] == ["sent", "sent"]
    assert not_posted.json()["status"] == "refused"


def test_a_draft_shows_its_newest_delivery(api: Api) -> None:
    with transaction() as session:
        message = make_message(session)
        delivery_id = make_uncertain_delivery(session, make_draft(session, message)).id
        conversation_id = message.conversation_id

    delivery = api.drafts(conversation_id)[0]["delivery"]

    assert delivery == {"id": delivery_id, "status": "unknown", "external_id": None, "detail": None}


def test_the_switch_stops_all_posting_and_resuming_queues_what_was_approved(api: Api) -> None:
    assert api.agent.get("/api/sending").json()["on"] is True
    proposed = propose()
    stopped = api.agent.put("/api/sending", json={"on": False, "reason": "A wrong timetable is out"})
    sign = {"role": "agent", "fingerprint": proposed.fingerprint}
    api.agent.post(f"/api/drafts/{proposed.draft_id}/sign-offs", json=sign).raise_for_status()

    resumed = api.as_("lead").put("/api/sending", json={"on": True, "reason": "Corrected"})

    assert set(stopped.json()) == {"on", "reason", "changed_by", "changed_at"}
    assert (stopped.json()["on"], stopped.json()["changed_by"]) == (False, "agent")
    assert (resumed.json()["on"], resumed.json()["changed_by"]) == (True, "lead")
    assert len(engine().list_workflows(queue_name="posting")) == 2
