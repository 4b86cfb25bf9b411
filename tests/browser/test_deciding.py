import pytest
from playwright.sync_api import expect

from app.drafting.models import DraftStatus
from tests.browser import scene
from tests.browser.conftest import Desk
from tests.browser.decided import outcome_of, reason_of, signers_of, status_of, texts_of

pytestmark = pytest.mark.browser

BOAT = "When is the last boat to Brae?"
BOAT_DRAFT = "The last boat to Brae leaves at 21:40."


def test_a_wrong_password_is_said_and_the_name_is_kept(desk: Desk) -> None:
    page = desk.browser()
    page.goto(f"{desk.url}/queue?role=legal")
    page.get_by_label("Name").fill("agent")
    page.get_by_label("Password").fill("not this")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("alert")).to_contain_text("Nobody was signed in")
    assert page.get_by_label("Name").input_value() == "agent"

    page.get_by_label("Password").fill(scene.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Queue")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto(f"{desk.url}/queue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_an_agent_works_from_queue_to_signature_by_keyboard_alone(desk: Desk) -> None:
    first = scene.tell(BOAT, BOAT_DRAFT, author="@first", minutes_ago=30)
    second = scene.tell("And to Eilan?", "At 20:15.", author="@second", minutes_ago=10)
    page = desk.sign_in("agent")

    for letter in ("j", "j", "k", "Enter"):
        page.keyboard.press(letter)
    page.wait_for_url(f"**/conversations/{first.conversation_id}*")
    expect(page.locator("#decide .draft .meter b")).to_have_text(str(len(BOAT_DRAFT)))
    page.keyboard.press("e")
    page.keyboard.type(" Check in ends at 21:25. 船船")
    expect(page.locator("#form-edit .meter b")).to_have_text(str(len(BOAT_DRAFT) + 25 + 4))
    expect(page.get_by_role("button", name="Sign as Agent")).to_be_disabled()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    expect(page.locator(".history ins")).to_contain_text("Check in ends at 21:25.")
    page.keyboard.press("s")
    page.wait_for_url(f"**/conversations/{second.conversation_id}*")

    expect(page.get_by_role("status").filter(has_text="Signed.")).to_be_visible()
    assert signers_of(first) == ["agent Amara Lindqvist"]
    assert status_of(first) is DraftStatus.APPROVED
    assert texts_of(first)[-1] == f"{BOAT_DRAFT} Check in ends at 21:25. 船船"
    assert status_of(second) is DraftStatus.PROPOSED


def test_legal_signs_second_and_sees_which_words_asked_for_it(desk: Desk) -> None:
    told = scene.tell("70 minutes late! What do I get back?", "We pay back 50% of your fare.")
    agent, legal = desk.sign_in("agent"), desk.sign_in("legal")
    expect(legal.locator("#queue")).to_contain_text("1 waits")

    desk.open(agent, told)
    expect(agent.locator("#decide mark.sign")).to_have_text("pay back")
    expect(agent.locator("#customer mark.sign")).to_have_text("What do I get back")
    agent.keyboard.press("s")
    agent.wait_for_url("**/queue*")
    expect(agent.locator(".calm")).to_contain_text("Everybody has an answer")
    legal.keyboard.press("j")
    legal.keyboard.press("Enter")
    expect(legal.locator(".signatures")).to_contain_text("signed by Amara Lindqvist")
    legal.keyboard.press("s")
    legal.wait_for_url("**/queue?role=legal*")

    expect(legal.locator(".calm")).to_have_text("Nothing waits for Legal.")
    assert signers_of(told) == ["agent Amara Lindqvist", "legal Tomasz Okonjo"]
    assert status_of(told) is DraftStatus.APPROVED


def test_a_rejected_draft_leaves_room_for_an_answer_in_own_words(desk: Desk) -> None:
    told = scene.tell(BOAT, BOAT_DRAFT)
    page = desk.sign_in("agent")
    desk.open(page, told)

    page.keyboard.press("r")
    page.keyboard.type("snisje: the boat was moved")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#decide .none")).to_contain_text("rejected the draft: snisje: the boat was moved")
    assert (status_of(told), reason_of(told)) == (DraftStatus.REJECTED, "snisje: the boat was moved")

    page.keyboard.press("w")
    page.keyboard.type("It leaves at 20:40 tonight.")
    expect(page.locator("#form-write .meter b")).to_have_text("27")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#decide .draft .text")).to_have_text("It leaves at 20:40 tonight.")
    expect(page.locator("#decide .draft footer")).to_contain_text("by Amara Lindqvist")


def test_ignoring_takes_a_reason_and_goes_on(desk: Desk) -> None:
    troll = scene.tell("you lot are a joke lol", author="@troll", minutes_ago=30)
    other = scene.tell(BOAT, BOAT_DRAFT, minutes_ago=10)
    page = desk.sign_in("agent")
    desk.open(page, troll)

    page.keyboard.press("i")
    page.keyboard.press("Control+Enter")
    assert outcome_of(troll) is None
    page.keyboard.type("No question in it")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/conversations/{other.conversation_id}*")

    assert outcome_of(troll) == ("ignored", "No question in it")
    page.keyboard.press("b")
    page.wait_for_url(f"**/conversations/{troll.conversation_id}*")
    expect(page.locator(".bubble")).to_contain_text("ignored: No question in it")


def test_a_lost_race_shows_both_texts_and_loses_neither(desk: Desk) -> None:
    told = scene.tell(BOAT, BOAT_DRAFT)
    mine, theirs = desk.sign_in("agent"), desk.sign_in("second")
    desk.open(mine, told)
    mine.keyboard.press("e")
    mine.locator("#text-edit").fill("My better words.")
    desk.open(theirs, told)
    theirs.keyboard.press("e")
    theirs.locator("#text-edit").fill("Their quicker words.")
    theirs.keyboard.press("Control+Enter")
    expect(theirs.locator("#decide .draft .text")).to_have_text("Their quicker words.")

    expect(mine.locator("#newer-draft")).to_be_visible()
    mine.locator("#text-edit").press("Control+Enter")

    expect(mine.locator("#theirs")).to_have_text("Their quicker words.")
    expect(mine.locator("#yours")).to_have_text("My better words.")
    assert mine.locator("#text-edit").input_value() == "My better words."
    assert texts_of(told) == [BOAT_DRAFT, "Their quicker words."]
    mine.get_by_role("button", name="Save revision").click()
    expect(mine.locator("#decide .draft .text")).to_have_text("My better words.")
    assert texts_of(told) == [BOAT_DRAFT, "Their quicker words.", "My better words."]


def test_no_key_decides_anything_while_somebody_types(desk: Desk) -> None:
    told = scene.tell(BOAT, BOAT_DRAFT)
    page = desk.sign_in("agent")
    desk.open(page, told)

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("sign")
    page.keyboard.press("s")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.keyboard.type("srinqg?ujk")

    assert page.locator("#text-edit").input_value() == f"{BOAT_DRAFT}srinqg?ujk"
    page.keyboard.press("Escape")
    expect(page.locator("#form-edit")).to_be_hidden()
    assert (status_of(told), signers_of(told)) == (DraftStatus.PROPOSED, [])
    page.keyboard.press("u")
    page.wait_for_url("**/queue*")
