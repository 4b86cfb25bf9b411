"""Why an entry matched, another by keyboard, and what the next message alike gets for it."""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from app.conversations.models import Message
from app.core.changes import announce
from app.core.database import transaction
from app.drafting.models import DraftStatus
from app.retrieval.judgements import standing_judgements
from app.review.proposing import answer_with_draft
from app.review.queries import conversation_file
from tests.browser import scene
from tests.browser.conftest import Desk
from tests.browser.decided import signers_of, status_of, texts_of
from tests.browser.test_accessible import violations
from tests.factories import make_message
from tests.matched import ALIKE, BOAT, TRAIN, WOBBLER, leave_without_draft, make_matched_draft

pytestmark = pytest.mark.browser


@pytest.fixture
def faq(desk: Desk) -> Desk:
    """The desk with the whole FAQ."""
    scene.publish_faq()
    return desk


def wrongly_matched() -> scene.Told:
    with transaction() as session:
        message = make_message(session, WOBBLER)
        draft = make_matched_draft(session, message)
        return scene.Told(message.conversation_id, message.id, draft.id)


def not_matched() -> scene.Told:
    with transaction() as session:
        message = make_message(session, WOBBLER)
        leave_without_draft(session, message)
        return scene.Told(message.conversation_id, message.id, 0)


def taught() -> list[tuple[str, str | None]]:
    with transaction() as session:
        return [(one.text, one.entry_id) for one in standing_judgements(session)]


def entries_behind(message_id: int) -> list[str]:
    """What the draft of a message stands on."""
    with transaction() as session:
        file = conversation_file(session, session.get_one(Message, message_id).conversation_id)
        return [one.version.entry_id for draft in file.drafts for one in draft.latest.passages]


def test_a_swap_by_keyboard_decides_what_the_next_message_alike_gets(faq: Desk) -> None:
    told = wrongly_matched()
    page = faq.sign_in("agent")
    faq.open(page, told)
    expect(page.locator("#why .matched")).to_have_text(
        "Matched by: “Can I take my dog on the train?” — the question itself"
    )
    expect(page.locator("#why .reliability").first).to_contain_text("unsure")
    expect(page.locator(".offers button").nth(1)).to_contain_text("Dogs travel on boats for £2.50")

    page.keyboard.press("2")
    expect(page.locator("#decide .draft .text")).to_contain_text("Thank you for asking. Dogs travel on boats")
    expect(page.locator(".said-line")).to_contain_text(
        "Amara Lindqvist: from now on messages like this one are matched to “Can I take my dog on the boat?”."
    )
    page.keyboard.press("s")
    page.wait_for_url("**/queue*")
    assert (signers_of(told), taught()) == (["agent Amara Lindqvist"], [(WOBBLER, BOAT)])

    with transaction() as session:
        alike = make_message(session, ALIKE, author="@another")
        answered = scene.Told(alike.conversation_id, alike.id, 0)
    answer_with_draft(answered.message_id)
    faq.open(page, answered)

    expect(page.locator("#why .matched")).to_have_text(
        f"Matched by: “{WOBBLER}” — how a customer asked before"
    )
    expect(page.locator("#decide .draft .text")).to_contain_text("Dogs travel on boats for £2.50")
    assert entries_behind(answered.message_id) == [BOAT]


def test_one_key_confirms_and_one_takes_it_back(faq: Desk) -> None:
    told = wrongly_matched()
    page = faq.sign_in("agent")
    faq.open(page, told)

    page.keyboard.press("m")
    expect(page.locator("#why .ground")).to_contain_text("Confirmed by Amara Lindqvist")
    assert taught() == [(WOBBLER, TRAIN)]

    page.keyboard.press("z")
    expect(page.get_by_role("status").filter(has_text="Taken back")).to_be_visible()
    expect(page.get_by_role("button", name="Yes, right match")).to_be_visible()
    assert (taught(), len(texts_of(told))) == ([], 1)


def test_a_search_offers_every_entry_but_the_one_the_draft_stands_on(faq: Desk) -> None:
    told = wrongly_matched()
    page = faq.sign_in("agent")
    faq.open(page, told)

    page.keyboard.press("/")
    page.keyboard.type("dogs")
    expect(page.locator(f'#found button[value="{BOAT}"]')).to_be_visible()

    expect(page.locator(f'#found button[value="{TRAIN}"]')).to_have_count(0)


def test_none_of_these_leaves_it_to_own_words(faq: Desk) -> None:
    told = wrongly_matched()
    page = faq.sign_in("agent")
    faq.open(page, told)

    page.keyboard.press("0")
    expect(page.locator("#decide .none")).to_contain_text("None of the approved answers fits")
    expect(page.locator("#text-write")).to_be_visible()

    assert (status_of(told), taught()) == (DraftStatus.REJECTED, [(WOBBLER, None)])


def test_a_message_nothing_fitted_is_answered_from_an_entry_found_by_words(faq: Desk) -> None:
    told = not_matched()
    page = faq.sign_in("agent")
    faq.open(page, told)
    page.keyboard.press("Escape")

    page.keyboard.press("/")
    page.keyboard.type("surf kayak")
    expect(page.locator("#found button")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#decide .draft .text")).to_be_visible()
    assert entries_behind(told.message_id) == ["bikes-and-pets/surfboards"]
    assert taught() == [(WOBBLER, "bikes-and-pets/surfboards")]


def test_a_refresh_while_somebody_searches_swallows_nothing(faq: Desk) -> None:
    told = wrongly_matched()
    page = faq.sign_in("agent")
    faq.open(page, told)
    page.keyboard.press("/")
    page.keyboard.type("surf kayak")
    with page.expect_response("**/conversations/*role=agent*"), transaction() as session:
        announce(session, f"conversation:{told.conversation_id}")

    expect(page.locator("#found button")).to_have_count(1)
    expect(page.locator("[data-list]")).to_have_value("surf kayak")
    expect(page.locator("[data-list]")).to_be_focused()


def test_words_that_are_not_saved_are_not_lost_to_another_answer(faq: Desk) -> None:
    told = wrongly_matched()
    page = faq.sign_in("agent")
    faq.open(page, told)
    page.keyboard.press("e")
    page.locator("#text-edit").fill("My careful words.")
    page.keyboard.press("Escape")

    for letter in ("2", "0"):
        page.keyboard.press(letter)
    page.keyboard.press("/")
    page.keyboard.type("kayak")
    expect(page.locator("#found button")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(page.get_by_text("save or clear them before you change the answer")).to_be_visible()
    assert (taught(), len(texts_of(told))) == ([], 1)

    page.keyboard.press("e")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#decide .draft .text")).to_have_text("My careful words.")
    page.keyboard.press("2")
    expect(page.locator("#decide .draft .text")).to_contain_text("Dogs travel on boats")
    assert texts_of(told)[1] == "My careful words."


def test_the_entry_lists_how_customers_asked_and_lets_go_of_a_wrong_one(faq: Desk) -> None:
    told = wrongly_matched()
    page = faq.sign_in("agent")
    faq.open(page, told)
    page.keyboard.press("2")
    expect(page.locator(".said-line")).to_be_visible()

    keeper = faq.sign_in("gatekeeper")
    keeper.goto(f"{faq.url}/knowledge/{BOAT}")
    expect(keeper.locator(".asked")).to_contain_text(WOBBLER)
    expect(keeper.locator(".asked")).to_contain_text("Amara Lindqvist")
    keeper.get_by_role("button", name="Withdraw").click()
    expect(keeper.get_by_role("status").filter(has_text="Taken back")).to_be_visible()
    expect(keeper.get_by_role("heading", level=1)).to_have_text("Can I take my dog on the boat?")

    expect(keeper.locator(".asked")).to_have_count(0)
    expect(page.locator(".said-line")).to_have_count(0)  # the open page hears of it
    assert taught() == []


def test_a_phone_shows_long_and_foreign_words_without_scrolling_sideways(faq: Desk) -> None:
    with transaction() as session:
        message = make_message(session, "هل يمكنني إحضار كلبي على متن القارب؟ " * 20 + "W" * 300)
        make_matched_draft(session, message)
        told = scene.Told(message.conversation_id, message.id, 0)
    page: Page = faq.sign_in("agent", viewport={"width": 390, "height": 844})
    faq.open(page, told)
    page.locator("#match").get_by_role("button").nth(2).click()
    expect(page.locator(".said-line")).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.goto(f"{faq.url}/knowledge/{BOAT}")
    expect(page.locator(".asked")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_said_of_a_match_breaks_no_rule_of_access(
    faq: Desk, scheme: Literal["light", "dark"]
) -> None:
    page = faq.sign_in("agent", color_scheme=scheme)
    found: list[str] = []
    for told in (wrongly_matched(), not_matched()):
        faq.open(page, told)
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("dog")
        expect(page.locator("#found button").first).to_be_visible()
        found += violations(page)
        page.keyboard.press("Escape")
        page.keyboard.press("2")
        expect(page.locator(".said-line")).to_be_visible()
        found += violations(page)
    page.goto(f"{faq.url}/knowledge/{BOAT}")

    assert found + violations(page) == []
