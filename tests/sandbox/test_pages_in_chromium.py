import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.browser

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # The machine's own where there is one, else the one Playwright brought.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
        yield browser
        browser.close()


def test_a_customer_writes_and_answers_without_javascript(
    chromium: Browser, own_network: SandboxProcess
) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(own_network.url)
    page.get_by_label("Your name").fill("Åse")
    page.get_by_label("Message").fill("Is the ferry late?")
    page.get_by_role("button", name="Post").click()
    asked = own_network.ledger()[-1]["id"]
    answered = own_network.publish("By ten minutes.", in_reply_to=asked).json()["id"]

    page.get_by_role("link", name="Refresh").click()
    page.get_by_role("link", name="Reply to care").click()
    page.get_by_label("Message").fill("Thank you!")
    page.get_by_role("button", name="Post").click()

    last = own_network.ledger()[-1]
    assert (last["text"], last["author"], last["in_reply_to"]) == ("Thank you!", "Åse", answered)
    assert page.locator(".words").all_inner_texts() == ["Is the ferry late?", "By ten minutes.", "Thank you!"]


def test_new_posts_appear_while_what_is_typed_stays(chromium: Browser, own_network: SandboxProcess) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(own_network.url)
    page.get_by_label("Message").fill("half a sent")

    own_network.write_as_customer("<b>Fresh</b>", author="<img src=x>")
    page.get_by_text("<b>Fresh</b>").wait_for()

    assert page.get_by_label("Message").input_value() == "half a sent"
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert complaints == []
