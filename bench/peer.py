"""The peer: brought into an environment of its own, run as a process of its own."""

import json
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from app.core.database import transaction
from app.core.settings import CHECKOUT
from app.embeddings.encoder import get_encoder
from app.knowledge.queries import current_versions
from app.retrieval.index import phrasings_of

FOLDER = CHECKOUT / ".venv-peers"
PYTHON = FOLDER / "bin" / "python"
REQUIREMENTS = Path(__file__).parent / "peers" / "requirements.txt"
SCRIPT = Path(__file__).parent / "peers" / "haystack_pipeline.py"
NOTE_OF_MAKING = FOLDER / ".made-from"


@dataclass(frozen=True)
class PeerCpu:
    """CPU seconds per message."""

    everything: float
    model_client: float


def bring_peer(console: Console) -> None:
    """Make the peer's environment unless it is there and of the same requirements."""
    wanted = REQUIREMENTS.read_text()
    if NOTE_OF_MAKING.exists() and NOTE_OF_MAKING.read_text() == wanted:
        return
    console.print(f"Making {FOLDER.name} with the peer (200 MB, a minute, only this time) …")
    venv.create(FOLDER, clear=True, with_pip=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS], check=True)
    NOTE_OF_MAKING.write_text(wanted)


def measure_peer(model_url: str, texts: Sequence[str], *, messages: int) -> PeerCpu:
    """The peer over the same texts, with the same vectors, at the same stand-in model."""
    task = {**_knowledge(), **_questions(texts), "model_url": model_url, "messages": messages}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SAYSO_")}
    done = subprocess.run(
        [PYTHON, SCRIPT],
        input=json.dumps(task),
        text=True,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=sys.stderr,
        check=True,
    )
    spent = json.loads(done.stdout.splitlines()[-1])
    return PeerCpu(spent["all"] / messages, spent["model client"] / messages)


def _knowledge() -> dict[str, Any]:
    """Every phrasing of every entry with its vector, as our own index holds them."""
    with transaction() as session:
        versions = current_versions(session)
    return {
        "phrasings": [
            {
                "entry_id": version.entry_id,
                "question": version.question,
                "answer": version.answer,
                "vector": vector.tolist(),
            }
            for version in versions
            for vector in get_encoder().encode(phrasings_of(version))
        ]
    }


def _questions(texts: Sequence[str]) -> dict[str, Any]:
    vectors = get_encoder().encode(texts)
    return {
        "asked": [
            {"text": text, "vector": vector.tolist()} for text, vector in zip(texts, vectors, strict=True)
        ]
    }
