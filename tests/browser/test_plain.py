import pytest
from playwright.sync_api import Page, expect

from app.drafting.models import DraftStatus
from tests.browser import scene
from tests.browser.conftest import Desk
from tests.browser.decided import outcome_of, signers_of, status_of, texts_of

pytestmark = pytest.mark.browser


def test_every_decision_works_without_javascript(desk: Desk) -> None:
    told = scene.tell("When is the last boat?", "At 21:40.", author="@first", minutes_ago=30)
    ignored = scene.tell("lol", "At 21:40.", author="@second", minutes_ago=20)
    owned = scene.tell("A hydrogen bicycle?", author="@third", minutes_ago=10)
    page = desk.sign_in("agent", java_script_enabled=False)

    page.locator(".line .excerpt").first.click()
    page.locator("#panel-edit summary").click()
    page.locator("#text-edit").fill("At 21:40.\nSee you!")
    page.get_by_role("button", name="Save revision").click()
    expect(page.locator("#decide .draft .meter b")).to_have_text("18")
    page.get_by_role("button", name="Sign as Agent").click()
    expect(page.locator(".done")).to_contain_text("Signed.")
    page.locator("#panel-ignore summary").click()
    page.get_by_label("Why does this need no answer?").fill("A joke")
    page.get_by_role("button", name="Ignore the message").click()
    expect(page.locator("#decide .none")).to_contain_text("None fits")
    page.get_by_label("Your answer").fill("Please ask the crew.")
    page.get_by_role("button", name="Propose this answer").click()
    expect(page.locator("#decide .draft .text")).to_have_text("Please ask the crew.")
    page.locator("#panel-reject summary").click()
    page.get_by_label("What is wrong with it?").fill("Too short")
    page.get_by_role("button", name="Reject the draft").click()

    expect(page.locator("#decide .none")).to_contain_text("Too short")
    assert texts_of(told) == ["At 21:40.", "At 21:40.\nSee you!"]
    assert (status_of(told), signers_of(told)) == (DraftStatus.APPROVED, ["agent Amara Lindqvist"])
    assert outcome_of(ignored) == ("ignored", "A joke")
    assert outcome_of(owned) is None


def test_stopping_works_without_javascript_and_asks_why(desk: Desk) -> None:
    page = desk.sign_in("legal", java_script_enabled=False)
    page.goto(f"{desk.url}/sending")
    page.get_by_label("Why stop?").fill("   ")
    page.get_by_role("button", name="Stop all sending").click()
    expect(page.locator("#reason-problem")).to_contain_text("Say why")
    page.get_by_label("Why stop?").fill("<b>Wrong</b> price")
    page.get_by_role("button", name="Stop all sending").click()

    expect(page.locator(".banner")).to_contain_text("Tomasz Okonjo stopped it")
    expect(page.locator(".banner")).to_contain_text("“<b>Wrong</b> price”")
    page.get_by_label("Why resume?").fill("Fixed")
    page.get_by_role("button", name="Resume sending").click()
    expect(page.locator("#sending-state")).to_contain_text("sending is on")


SCRIPT = '<script>alert(1)</script><img src=x onerror="alert(2)">'
HOSTILE = {
    "markup": SCRIPT,
    "attributes": "\"><svg onload=alert(3)>' onfocus='alert(4)' autofocus x=\"",
    "template": "{{ 7*7 }}{% for x in y %} ${7*7} <%= 7 %>",
    "closing": "</textarea></title></style></select></template>" + SCRIPT,
    "comment": "<!-- --!><hx-partial hx-target='#main'>gone</hx-partial> <template hx type='partial'>",
    "htmx": "<div hx-get='/queue' hx-trigger='load' hx-swap-oob='true' id='main'></div>",
    "promise": "We will refund <img src=x> you.",  # the finding's words, marked, hold the markup
    "bidi": "pay \u202e05£ uoy\u202c back\u2066x\u2069\u200b\u00ad",
    "emoji": "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇳🇴" * 20,
    "rtl": "שלום <b>עולם</b> مرحبا 123",
    "zalgo": "Z̷̡̺͔̾̓a̴͖͑l̸̠͝g̵̤̈o̶͙͌ " * 30,
    "long": "W" * 300,
    "lines": "\n\n first line kept\n\ttab\n" + "x\n" * 50,
    "address": "javascript:alert(5) data:text/html,<script>alert(6)</script>",
}
SEEN = """() => ({
  scripts: document.querySelectorAll('script:not([src])').length,
  images: document.querySelectorAll('img, svg, iframe, object, embed, [onload], [onerror], [onfocus]').length,
  regions: document.querySelectorAll('main, section, [hx-get], template').length,
  width: document.documentElement.scrollWidth })"""


def test_hostile_words_stay_words_everywhere(desk: Desk) -> None:
    harmless = scene.tell("plain", "plain", author="plain")
    told = {name: scene.tell(text, text, author=text) for name, text in HOSTILE.items()}
    page = desk.sign_in("agent", viewport={"width": 390, "height": 800})
    expect(page.locator(".line")).to_have_count(len(HOSTILE) + 1)
    assert page.locator(".line .excerpt").filter(has_text="<script>alert(1)</script>").count() == 2
    desk.open(page, harmless)
    expected = _seen(page)
    assert expected["width"] == 390

    for name, one in told.items():
        desk.open(page, one)
        assert (name, _seen(page)) == (name, expected)
        assert (name, page.locator("#text-edit").input_value()) == (name, HOSTILE[name])
    assert page.evaluate("document.title").startswith("javascript:alert(5)")


def test_characters_that_cannot_be_seen_are_named(desk: Desk) -> None:
    told = scene.tell("pay \u202e05£\u202c now", "At 21:40\u200b.", author="\u202eevil")
    page = desk.sign_in("agent")
    expect(page.locator(".line .unseen")).to_have_text(["U+202E", "U+202E", "U+202C"])
    desk.open(page, told)

    expect(page.locator("#customer .bubble .said")).to_have_text("pay U+202E05£U+202C now")
    expect(page.locator("#decide .draft .unseen")).to_have_attribute("title", "zero width space")
    expect(page.locator("#decide")).to_contain_text("A finding blocks signing")
    expect(page.get_by_role("button", name="Sign as Agent")).to_have_count(0)


def _seen(page: Page) -> dict[str, int]:
    counts: dict[str, int] = page.evaluate(SEEN)
    return counts
