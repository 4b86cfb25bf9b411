"""Searches timed in turn, a round at a time, so that a busy moment of the machine meets all of them.

Runs in our environment and in the peers': it needs nothing but numpy. A process begins a round when it reads
a line, and ends it by writing one line of JSON.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Search = Callable[
    [int, Floats], list[int]
]  # number and vector of a question: places of the nearest, best first

NEAREST = 10  # entries
QUESTIONS = 10  # a round
ROUNDS = 20
WARM_UP = 1  # rounds that do not count


def serve(searches: Mapping[str, Search], asked: Floats) -> None:
    """Until standard input ends."""
    for turn, _ in enumerate(sys.stdin):
        print(json.dumps(_round(searches, asked, turn)), flush=True)


def _round(searches: Mapping[str, Search], asked: Floats, turn: int) -> dict[str, Any]:
    """Milliseconds and finds of each search, question by question in turn."""
    answers: dict[str, Any] = {name: {"ms": [], "found": []} for name in searches}
    for place in range(turn * QUESTIONS, (turn + 1) * QUESTIONS):
        number = place % len(asked)
        for name, search in searches.items():
            began = time.perf_counter()
            found = search(number, asked[number])
            answers[name]["ms"].append((time.perf_counter() - began) * 1000)
            answers[name]["found"].append([int(one) for one in found])
    return answers
