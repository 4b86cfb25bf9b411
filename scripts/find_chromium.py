"""Finds or brings the Chromium of the browser tests and notes its path in .venv/share/sayso/chromium.path.

In this order: $SAYSO_CHROMIUM, one on the machine, Debian's package when root, Playwright's own download.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

NOTE = Path(sys.prefix) / "share" / "sayso" / "chromium.path"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "The browser tests need Chromium, and none could be found or brought. Install one (Debian and Ubuntu: "
    "apt install chromium), or name one: make setup SAYSO_CHROMIUM=/path/to/chromium. "
    "Sayso itself runs without it."
)


def main() -> int:
    named = os.environ.get("SAYSO_CHROMIUM")
    if named:
        return note(named) if starts(named) else fail(f"SAYSO_CHROMIUM={named} does not start.")
    if NOTE.exists() and Path(NOTE.read_text()).exists():
        return 0
    ways: tuple[Callable[[], str | None], ...] = (on_this_machine, from_debian, from_playwright)
    for way in ways:
        found = way()
        if found:
            return note(found)
    return fail(ADVICE)


def on_this_machine() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name)) and starts(path)), None)


def from_debian() -> str | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    print("Installing Debian's Chromium for the browser tests", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        subprocess.run(
            ["apt-get", "--quiet", "--quiet", *arguments], env=quiet, stdout=sys.stderr, check=False
        )
    return on_this_machine()


def from_playwright() -> str | None:
    print("Downloading Playwright's Chromium for the browser tests", flush=True)
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr, check=False
    )
    ask = "from playwright.sync_api import sync_playwright\n"
    ask += "with sync_playwright() as p: print(p.chromium.executable_path)"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    path = answer.stdout.strip()
    return path if path and starts(path) else None


def starts(path: str) -> bool:
    """Whether it shows a page: some packages are stubs that only tell where to get it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
        command = [path, *flags, f"--user-data-dir={profile}", "--dump-dom", "data:text/html,<p>shown"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        except (OSError, subprocess.TimeoutExpired):
            return False
        return "<p>shown" in done.stdout


def note(path: str) -> int:
    NOTE.parent.mkdir(parents=True, exist_ok=True)
    NOTE.write_text(path)
    return 0


def fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
