"""The product's worker with a clock at three of its doors: `python -m bench.measured_worker FILE`.

Each call's own CPU time (of its thread: user and system) is kept, and written to FILE at the end.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import app.workflows
import bench.empty_work  # noqa: F401 -- registers the engine's floor
from app import worker
from app.embeddings.bundled import BundledEncoder
from app.llm.endpoint import Line

DOORS = (
    ("encoder", BundledEncoder, "encode_whole"),  # `encode` goes through it
    ("model client", Line, "ask_once"),
    ("drafting", app.workflows, "answer_with_draft"),
)


class Clock:
    """When each call ended (monotonic seconds, the same clock in every process) and the CPU it took."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, float, float]] = []

    def at(self, door: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **more: Any) -> Any:
            began = time.thread_time()
            try:
                return call(*args, **more)
            finally:
                self.calls.append((door, time.monotonic(), time.thread_time() - began))

        return timed


def main(file: Path) -> None:
    clock = Clock()
    for door, owner, name in DOORS:
        setattr(owner, name, clock.at(door, getattr(owner, name)))
    worker.main()
    file.write_text(json.dumps(clock.calls))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
