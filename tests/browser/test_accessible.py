"""No page breaks WCAG 2.2 A or AA as axe-core sees it, in light and dark."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from app.core.clock import utc_now
from app.core.database import transaction
from app.core.settings import CHECKOUT
from app.delivery.switch import switch_sending
from app.knowledge.import_kb import import_kb
from app.staff.sign_in import find_person
from tests.browser import scene
from tests.browser.conftest import Desk
from tests.factories import make_draft, make_message, make_posted_reply, make_uncertain_delivery

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RUN = """() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})
  .then(found => found.violations.flatMap(one => one.nodes.map(
    node => one.id + ' ' + node.target.join(' ') + ' ' + (node.any[0]?.message ?? ''))))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_the_rules(desk: Desk, scheme: Literal["light", "dark"]) -> None:
    page = desk.sign_in("lead", color_scheme=scheme)
    found: list[str] = []
    for address in _every_kind_of_page():
        page.goto(f"{desk.url}{address}")
        found += [f"{address}: {one}" for one in violations(page)]
    page.keyboard.press("?")
    found += [f"help: {one}" for one in violations(page)]
    stranger = desk.browser(color_scheme=scheme)
    stranger.goto(f"{desk.url}/sign-in")
    found += [f"sign-in: {one}" for one in violations(stranger)]

    assert found == []


def test_a_phone_never_scrolls_sideways(desk: Desk) -> None:
    page = desk.sign_in("lead", viewport={"width": 390, "height": 844})
    wide = []
    for address in _every_kind_of_page():
        page.goto(f"{desk.url}{address}")
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            wide.append(address)

    assert wide == []


def test_axe_sees_what_is_wrong(desk: Desk) -> None:
    page = desk.sign_in("agent")
    page.evaluate("document.querySelector('h1').style.color = '#eee'")

    assert [one.split()[0] for one in violations(page)] == ["color-contrast"]


def _every_kind_of_page() -> list[str]:
    with transaction() as session:
        import_kb(session, CHECKOUT / "kb", at=utc_now())
    claim = scene.busy_morning()
    broken = scene.tell("Hello", "Pay \u202e here: https://evil.example tomorrow, we promise 100 %.")
    alone = scene.tell("Nobody knows this", author="@lonely")
    with transaction() as session:
        posted = make_message(session, "Which pier?")
        make_posted_reply(session, posted)
        uncertain = make_draft(session, make_message(session, "Is it there?"))
        make_uncertain_delivery(session, uncertain)
        lead = find_person(session, "lead")
        switch_sending(session, on=False, reason="A wrong price", by=lead, at=utc_now())
        told = [claim.conversation_id, broken.conversation_id, alone.conversation_id]
        told += [posted.conversation_id, uncertain.conversation_id or 0]
    fixed = ["/queue", "/queue?role=legal", "/queue?page=9", "/sending", "/knowledge"]
    fixed += ["/knowledge/delays/compensation", "/nowhere"]
    return fixed + [f"/conversations/{one}" for one in told]


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for panel in page.locator("details.panel").all()[:1]:
        panel.evaluate("panel => { panel.open = true }")
    violations: list[str] = page.evaluate(RUN)
    return violations
