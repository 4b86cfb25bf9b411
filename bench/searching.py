"""Time of one search, ours beside raw FAISS and the peers': same vectors, one thread each, in turn."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.core.settings import CHECKOUT
from app.embeddings.encoder import get_encoder
from bench.figures import percentile
from bench.peer_environment import PYTHON, environment
from bench.phrasings import phrasings
from bench.rounds import QUESTIONS, ROUNDS, WARM_UP

ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "RAYON")}
OURS, RAW, FUSED = "ours", "raw FAISS", "ours, fused"


@dataclass(frozen=True)
class Search:
    """Vector in, the ten nearest entries out."""

    p50_ms: float
    p95_ms: float
    same: float  # 0..1, how many of raw FAISS's ten it finds: those are exact


def make_vectors(folder: Path, *, entries: int) -> None:
    """Real vectors of made-up questions, for this run: those of the entries and of all that is asked."""
    texts = phrasings(entries + QUESTIONS * ROUNDS)
    whole = get_encoder().encode_whole(texts)
    np.save(folder / "rows.npy", whole[:entries])
    np.save(folder / "asked.npy", whole[entries:])
    np.save(folder / "dimensions.npy", get_encoder().dimensions)
    (folder / "texts.txt").write_text("\n".join(texts[:entries]))


def measure_searches(folder: Path, *, with_peers: bool, rounds: int = ROUNDS) -> dict[str, Search]:
    """By name: ours, raw FAISS, and the peers that are installed."""
    commands: list[list[str | Path]] = [[sys.executable, "-m", "bench.our_searches", folder]]
    if with_peers and PYTHON.exists():
        commands.append([PYTHON, "-m", "bench.peers.vector_stores", folder])
    with ExitStack() as stack:
        processes = [stack.enter_context(_started(command)) for command in commands]
        answers = [_round(processes) for _ in range(WARM_UP + rounds)][WARM_UP:]
        for process in processes:
            process.stdin.close()  # type: ignore[union-attr] # a pipe: it ends the process
    return {name: _search(name, answers) for name in answers[0]}


def _started(command: Sequence[str | Path]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        command,
        cwd=CHECKOUT,
        env={**os.environ, **environment(), **ONE_THREAD},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _round(processes: Sequence["subprocess.Popen[str]"]) -> dict[str, Any]:
    """One round of each process, one after the other. Raises `RuntimeError` when one has died."""
    answers: dict[str, Any] = {}
    for process in processes:
        assert process.stdin is not None
        assert process.stdout is not None
        print("go", file=process.stdin, flush=True)
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"{process.args!r} ended before its round")
        answers.update(json.loads(line))
    return answers


def _search(name: str, answers: Sequence[Mapping[str, Any]]) -> Search:
    times = [ms for answer in answers for ms in answer[name]["ms"]]
    same = [
        len({*found} & {*exact}) / len(exact)
        for answer in answers
        for found, exact in zip(answer[name]["found"], answer[RAW]["found"], strict=True)
    ]
    return Search(statistics.median(times), percentile(times, 0.95), statistics.mean(same))
