import pytest
from playwright.sync_api import Browser, Route, expect

from app.core.clock import utc_now
from app.core.database import transaction
from app.delivery.switch import switch_sending
from app.review.drafts import edit
from app.staff.sign_in import find_person
from tests.browser import scene
from tests.browser.conftest import Desk
from tests.browser.decided import fingerprint_of, texts_of
from tests.factories import make_draft, make_message, make_posted_reply, make_uncertain_delivery
from tests.web_server import running_web

pytestmark = pytest.mark.browser


def test_what_is_typed_survives_news_about_the_conversation(desk: Desk) -> None:
    told = scene.tell("When is the last boat?", "At 21:40.", external_id="first")
    page = desk.sign_in("agent")
    desk.open(page, told)
    page.keyboard.press("e")
    page.keyboard.type(" Half a sent")

    scene.tell("Hello??", "At 21:40.", in_reply_to="first", external_id="second")
    page.get_by_text("Hello??").first.wait_for()
    page.keyboard.type("ence")
    assert page.locator("#text-edit").input_value() == "At 21:40. Half a sentence"
    page.locator("#decide-title").click()  # nothing protects a field without focus but ourselves
    with transaction() as session:
        second = find_person(session, "second")
        read = fingerprint_of(told)
        edit(session, told.draft_id, text="At 20:40.", based_on=read, by=second, at=utc_now())
    expect(page.locator("#decide .draft .text")).to_have_text("At 20:40.")

    expect(page.locator("#newer-draft")).to_be_visible()
    assert page.locator("#text-edit").input_value() == "At 21:40. Half a sentence"
    assert texts_of(told) == ["At 21:40.", "At 20:40."]


def test_typed_words_come_back_after_a_reload(desk: Desk) -> None:
    told = scene.tell("When is the last boat?", "At 21:40.")
    page = desk.sign_in("agent")
    desk.open(page, told)
    page.keyboard.press("e")
    page.keyboard.type(" Not saved yet")

    page.reload()

    expect(page.locator("#text-edit")).to_have_value("At 21:40. Not saved yet")
    expect(page.get_by_role("button", name="Sign as Agent")).to_be_disabled()


def test_two_browsers_see_each_others_changes(desk: Desk) -> None:
    told = scene.tell("When is the last boat?", "At 21:40.")
    one, other, queue = desk.sign_in("agent"), desk.sign_in("second"), desk.sign_in("lead")
    for page in (one, other):
        desk.open(page, told)
    expect(queue.locator(".line")).to_have_count(1)

    one.keyboard.press("s")

    expect(other.locator(".signatures")).to_contain_text("signed by Amara Lindqvist")
    expect(queue.locator(".line")).to_have_count(0)
    scene.tell("A new one", "Yes.", author="@new")
    expect(queue.locator(".line .excerpt")).to_have_text(["A new one"])


def test_what_comes_before_the_page_listens_is_not_missed(desk: Desk) -> None:
    page = desk.browser()

    def come_meanwhile(route: Route) -> None:
        scene.tell("Between page and stream", "Yes.")
        route.continue_()

    page.context.route("**/events", come_meanwhile)
    desk.enter(page, "agent")

    expect(page.locator(".line .excerpt")).to_have_text(["Between page and stream"])


def test_stopping_sending_is_seen_everywhere_at_once(desk: Desk) -> None:
    told = scene.tell("When is the last boat?", "At 21:40.")
    page, lead = desk.sign_in("agent"), desk.sign_in("lead")
    desk.open(page, told)
    for letter in ("g", "s"):
        lead.keyboard.press(letter)
    lead.wait_for_url("**/sending")
    lead.get_by_label("Why stop?").fill("A wrong price went out")
    lead.get_by_role("button", name="Stop all sending").click()

    expect(page.locator(".banner")).to_contain_text("Priya MacAskill stopped it")
    expect(page.locator(".banner")).to_contain_text("“A wrong price went out”")
    expect(page.locator("#sending-state")).to_contain_text("sending is OFF")
    page.keyboard.press("s")
    page.wait_for_url("**/queue*")
    expect(page.locator(".banner")).to_contain_text("1 approved reply waits.")
    with transaction() as session:
        switch_sending(session, on=True, reason="Fixed", by=find_person(session, "lead"), at=utc_now())
    expect(page.locator(".banner")).to_have_count(0)


def test_a_restart_of_the_server_is_said_and_heals(database_url: str, chromium: Browser) -> None:
    scene.open_desk()
    with running_web() as url:
        desk = Desk(url, chromium)
        page = desk.sign_in("agent")
        page.locator("#queue").wait_for()
        expect(page.locator("#live")).to_have_attribute("data-htmx-powered", "true")
    expect(page.locator("#live-state")).to_be_visible()
    scene.tell("While it was away", "Yes.")

    with running_web(port=int(url.rpartition(":")[2])):
        expect(page.locator(".line .excerpt")).to_have_text(["While it was away"])
        expect(page.locator("#live-state")).to_be_hidden()
        page.context.close()


def test_being_offline_is_said_and_heals(desk: Desk) -> None:
    page = desk.sign_in("agent")
    page.locator("#queue").wait_for()
    page.context.set_offline(True)
    scene.tell("While you were away", "Yes.")
    expect(page.locator("#live-state")).to_be_visible()
    expect(page.locator(".line")).to_have_count(0)

    page.context.set_offline(False)

    expect(page.locator(".line .excerpt")).to_have_text(["While you were away"])
    expect(page.locator("#live-state")).to_be_hidden()
    desk.complaints.clear()  # the browser complained of being offline, rightly


def test_an_uncertain_post_is_settled_by_a_person(desk: Desk) -> None:
    with transaction() as session:
        message = make_message(session)
        draft = make_draft(session, message)
        make_uncertain_delivery(session, draft)
        told = scene.Told(message.conversation_id, message.id, draft.id)
    page = desk.sign_in("agent")
    desk.open(page, told)
    expect(page.locator(".delivery")).to_contain_text("Nobody knows yet whether it was posted.")

    page.get_by_label("Its id or address on X").fill("post-77")
    page.get_by_role("button", name="It is there").click()

    expect(page.locator(".delivery")).to_contain_text("Posted")
    expect(page.locator(".bubble.ours .said")).to_have_text("The last boat leaves at 21:40.")


def test_a_posted_reply_is_corrected_and_deleted_by_key(desk: Desk) -> None:
    with transaction() as session:
        message = make_message(session)
        make_posted_reply(session, message, "At 12:40.")
        told = scene.Told(message.conversation_id, message.id, 0)
    page = desk.sign_in("agent")
    desk.open(page, told)

    page.keyboard.press("c")
    page.keyboard.press("Control+A")
    page.keyboard.type("At 21:40.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#decide-title")).to_have_text("Correction of our reply")
    expect(page.locator("#decide .draft .text")).to_have_text("At 21:40.")
    page.keyboard.press("r")
    page.keyboard.type("Take it back altogether")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").filter(has_text="Rejected")).to_be_visible()

    page.keyboard.press("d")
    page.keyboard.press("Enter")
    expect(page.locator("#decide-title")).to_have_text("Deletion of our reply")
    expect(page.get_by_role("button", name="Sign as Agent")).to_be_enabled()
