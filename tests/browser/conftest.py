"""Real Chromium against the real application and database."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect, sync_playwright

from app.core.clock import utc_now
from app.core.database import transaction
from app.http.dependencies import COOKIE
from app.staff import sign_in
from tests.browser import scene
from tests.web_server import running_web

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
)
NOTE = Path(sys.prefix) / "share" / "sayso" / "chromium.path"
DESKTOP = {"width": 1280, "height": 800}
PATIENCE_MS = 20_000  # for machines that are busy with other tests
expect.set_options(timeout=PATIENCE_MS)


def chromium_path() -> str | None:
    """The Chromium that set-up noted, else one that is named, else one on the machine."""
    noted = NOTE.read_text().strip() if NOTE.exists() else None
    return noted or os.environ.get("SAYSO_CHROMIUM") or shutil.which("chromium")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Ends with its file: while Playwright lives, no other test of this process can run an event loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS.split())
        yield browser
        browser.close()


@dataclass
class Desk:
    """The running product, and browsers in front of it."""

    url: str
    chromium: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)  # errors, CSP reports and dialogs of any page

    def browser(self, **options: object) -> Page:
        """A fresh browser of somebody unknown."""
        context = self.chromium.new_context(**{"viewport": DESKTOP, **options})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("dialog", self._dialog)
        page.on("console", lambda said: _note(self.complaints, said.type, said.text))
        return page

    def _dialog(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def sign_in(self, handle: str, **options: object) -> Page:
        """A browser of this person, in front of their queue."""
        page = self.browser(**options)
        self.enter(page, handle)
        return page

    def enter(self, page: Page, handle: str) -> None:
        with transaction() as session:
            opened = sign_in.open_session(session, handle, scene.PASSWORD, at=utc_now())
        assert opened is not None
        page.context.add_cookies([{"name": COOKIE, "value": opened.cookie, "url": self.url}])
        page.goto(f"{self.url}/queue")

    def open(self, page: Page, told: scene.Told, role: str = "agent") -> None:
        page.goto(f"{self.url}/conversations/{told.conversation_id}?message={told.message_id}&role={role}")


def _note(complaints: list[str], kind: str, text: str) -> None:
    # Chromium itself logs every answer of 4xx; those are asserted where they are meant.
    if kind in {"error", "warning"} and "Failed to load resource" not in text:
        complaints.append(f"{kind}: {text}")


@pytest.fixture
def desk(database_url: str, chromium: Browser) -> Iterator[Desk]:
    scene.open_desk()
    with running_web() as url:
        desk = Desk(url, chromium)
        yield desk
        for context in desk.contexts:
            context.close()
    assert desk.complaints == []
