"""The peer that drafts as our workers do, run as a process of its own."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.database import transaction
from app.embeddings.encoder import get_encoder
from app.retrieval.corpus import phrasings_of
from app.retrieval.matching import current_index
from bench.peer_environment import PYTHON, environment

SCRIPT = Path(__file__).parent / "peers" / "haystack_pipeline.py"


@dataclass(frozen=True)
class PeerCpu:
    """CPU seconds per message."""

    everything: float
    model_client: float


def measure_peer(model_url: str, texts: Sequence[str], *, messages: int) -> PeerCpu:
    """The peer over the same texts, with the same vectors, at the same stand-in model."""
    task = {**_knowledge(), **_questions(texts), "model_url": model_url, "messages": messages}
    done = subprocess.run(
        [PYTHON, SCRIPT],
        input=json.dumps(task),
        text=True,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=sys.stderr,
        check=True,
    )
    spent = json.loads(done.stdout.splitlines()[-1])
    return PeerCpu(spent["all"] / messages, spent["model client"] / messages)


def _knowledge() -> dict[str, Any]:
    """Every phrasing of every entry with its vector, as our own index holds them."""
    with transaction() as session:
        faq = current_index(session)
    return {
        "phrasings": [
            {
                "entry_id": entry.key,
                "question": entry.title,
                "answer": faq.published[entry.version_id].answer,
                "vector": vector.tolist(),
            }
            for entry in faq.index.entries
            for vector in get_encoder().encode([phrasing.encoded for phrasing in phrasings_of(entry)])
        ]
    }


def _questions(texts: Sequence[str]) -> dict[str, Any]:
    vectors = get_encoder().encode(texts)
    return {
        "asked": [
            {"text": text, "vector": vector.tolist()} for text, vector in zip(texts, vectors, strict=True)
        ]
    }
