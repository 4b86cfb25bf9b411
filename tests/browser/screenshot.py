"""Makes docs/images/review.png from the running product: python -m tests.browser.screenshot"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from app.core import database, jobs
from app.core.migrate import migrate
from app.core.postgres import EmbeddedPostgres
from app.core.settings import CHECKOUT, get_settings
from tests.browser import scene
from tests.browser.conftest import FLAGS, Desk, chromium_path
from tests.web_server import running_web

PICTURE = CHECKOUT / "docs" / "images" / "review.png"
SIZE = {"width": 1280, "height": 760}


@contextmanager
def fresh_database() -> Iterator[None]:
    """An empty database of this process, gone with its folder afterwards."""
    home = Path(tempfile.mkdtemp(prefix="sayso-picture-"))
    postgres = EmbeddedPostgres(home, fsync=False)
    try:
        os.environ["SAYSO_HOME"], os.environ["SAYSO_DATABASE_URL"] = str(home / "home"), postgres.start()
        get_settings.cache_clear()
        migrate(database.get_engine())
        jobs.migrate_engine()
        yield
    finally:
        postgres.stop()
        postgres.remove()
        shutil.rmtree(home)


def main() -> None:
    with fresh_database(), running_web() as url, sync_playwright() as playwright:
        scene.open_desk(with_faq=True)
        claim = scene.busy_morning()
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS.split())
        desk = Desk(url, chromium)
        page = desk.sign_in("agent", viewport=SIZE)
        desk.open(page, claim)
        scene.edit_claim(claim)
        page.locator(".history").wait_for()
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE)
        chromium.close()


if __name__ == "__main__":
    main()
