"""The peers' own environment. Nothing of it gets into the product's, and no peer may call home."""

import os
import subprocess
import venv
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from app.core.settings import CHECKOUT

FOLDER = CHECKOUT / ".venv-peers"
PYTHON = FOLDER / "bin" / "python"
REQUIREMENTS = Path(__file__).parent / "peers" / "requirements.txt"
NOTE_OF_MAKING = FOLDER / ".made-from"
SILENT = {"ANONYMIZED_TELEMETRY": "False", "HAYSTACK_TELEMETRY_ENABLED": "False"}


def bring_peers(console: Console) -> None:
    """Make their environment unless it is there and of the same requirements.

    A peer that cannot be installed is left out and said; the next run tries again.
    """
    wanted = REQUIREMENTS.read_text()
    if NOTE_OF_MAKING.exists() and NOTE_OF_MAKING.read_text() == wanted:
        return
    console.print(f"Making {FOLDER.name} with the peers (800 MB, two minutes, only this time) …")
    venv.create(FOLDER, clear=True, with_pip=True)
    pins = [line for line in wanted.splitlines() if not line.startswith("#")]
    if _install(pins):
        NOTE_OF_MAKING.write_text(wanted)
        return
    for pin in pins:
        if not _install([pin]):
            console.print(f"{pin} cannot be installed here: it is left out.", highlight=False)


def has_peer(module: str) -> bool:
    """Whether their Python can import it."""
    if not PYTHON.exists():
        return False
    asked: list[str | Path] = [PYTHON, "-c", f"import {module}"]
    return subprocess.run(asked, env=environment(), check=False, capture_output=True).returncode == 0


def environment() -> Mapping[str, str]:
    """Without our settings and without telemetry."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAYSO_")}
    return {**kept, **SILENT}


def _install(pins: list[str]) -> bool:
    """Elsewhere than in the checkout: there pip would find our own requirements and complain of them."""
    command: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", *pins]
    return subprocess.run(command, check=False, cwd=FOLDER, capture_output=True).returncode == 0
