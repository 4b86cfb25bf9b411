"""First replies and grounds on the page, as plain forms."""

from app.core.clock import utc_now
from app.core.database import transaction
from app.drafting.models import Draft
from app.review.acknowledging import acknowledge
from app.staff.sign_in import find_person
from tests.browser import scene
from tests.browser.decided import fingerprint_of, texts_of
from tests.web.visitors import Visitor, Visitors

BUTTON = "Send a first reply"
SELECT = 'name="switch_ground"'
MOVE = "Please send us a private message; sorry for the extra step."
UNGROUNDED = "<b>channel move, blocks</b>"


def page_of(visitor: Visitor, told: scene.Told, more: str = "") -> str:
    return visitor.get(f"/conversations/{told.conversation_id}?message={told.message_id}{more}").text


def test_a_button_proposes_the_first_reply_and_the_answer_can_still_be_written(visitors: Visitors) -> None:
    told, agent = scene.tell("Do you sell hammocks?"), visitors.person("agent")
    assert BUTTON in page_of(agent, told)

    answer = agent.post(f"/messages/{told.message_id}/acknowledgement")
    page = page_of(agent, told)

    assert (answer.status_code, answer.headers["location"].endswith("done=acknowledged")) == (303, True)
    assert "First reply, not the answer" in page
    assert "Thank you for your message. A colleague is reading it now and answers you here." in page
    assert "Write an answer" in page
    assert BUTTON not in page
    assert page.count('id="panel-ignore"') == 1
    assert "◔</span> first reply" in agent.get("/queue").text


def test_a_second_first_reply_is_refused_with_a_sentence(visitors: Visitors) -> None:
    told, agent = scene.tell("Do you sell hammocks?"), visitors.person("agent")
    agent.post(f"/messages/{told.message_id}/acknowledgement")

    again = agent.post(f"/messages/{told.message_id}/acknowledgement")

    assert again.status_code == 409
    assert "What it needs now is the answer." in again.text


def test_legal_sees_no_button(visitors: Visitors) -> None:
    told = scene.tell("Do you sell hammocks?")

    assert BUTTON not in page_of(visitors.person("legal"), told)


def test_beside_an_answer_each_of_the_two_is_one_link_away(visitors: Visitors) -> None:
    told, agent = scene.tell("When is the last boat?", "At 21:40."), visitors.person("agent")
    with transaction() as session:
        early = acknowledge(session, told.message_id, by=find_person(session, "agent"), at=utc_now()).id

    answer, first = page_of(agent, told), page_of(agent, told, f"&draft={early}")

    assert ("At 21:40." in answer, f"&amp;draft={early}" in answer) == (True, True)
    assert "First reply, not the answer" in first
    assert f"&amp;draft={told.draft_id}" in first


def test_a_move_asks_for_its_ground_and_keeps_it_when_only_words_change(visitors: Visitors) -> None:
    told, agent = scene.tell("Where is my booking?", MOVE), visitors.person("agent")
    other = scene.tell("When is the last boat?", "At 21:40.")
    before = page_of(agent, told)
    assert (SELECT in before, UNGROUNDED in before) == (True, True)
    assert SELECT not in page_of(agent, other)

    url, sent = f"/drafts/{told.draft_id}/revisions", {"text": MOVE, "switch_ground": "personal_data"}
    agent.post(url, based_on=fingerprint_of(told), **sent)
    agent.post(url, based_on=fingerprint_of(told), text=f"{MOVE} Thank you.")

    page = page_of(agent, told)
    assert UNGROUNDED not in page
    assert "because of personal data" in page
    assert texts_of(told) == [MOVE, MOVE, f"{MOVE} Thank you."]
    with transaction() as session:
        assert session.get_one(Draft, told.draft_id).switch_ground == "personal_data"


def test_a_ground_that_is_none_is_refused(visitors: Visitors) -> None:
    told, agent = scene.tell("Where is my booking?", MOVE), visitors.person("agent")

    answer = agent.post(
        f"/drafts/{told.draft_id}/revisions",
        based_on=fingerprint_of(told),
        text=MOVE,
        switch_ground="boredom",
    )

    assert answer.status_code == 422
