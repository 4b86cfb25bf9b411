"""That the benchmark runs, and that its figures stand beside what they are compared with. Never how fast."""

import json
import subprocess
import sys
from typing import Any

import pytest

from app.core.settings import CHECKOUT
from bench.figures import Beside, Figure, Goal, percentile

COMPARED = {
    "intake to stored draft",
    "intake alone, workers busy",
    "  of own: engine, polling, heartbeats",
    "index, first start ever",
    "one message matched among 20",
    "one message matched among 87",
    "one message matched among 200",
    "an edited entry of 200 is found",
    "dense part, median",
    "dense part, p95",
    "words and letters too, median",
    "words and letters too, p95",
    "one short message, median",
    "import of 40 texts, one thread",
    "import of 40 texts, several threads",
    "recall@5, our own cases, 40 questions",
    "memory per 100,000, at 100 entries",
    "memory per 100,000, at 200 entries",
    "dense part, 100 entries",
    "dense part, 200 entries",
    "queue, median",
    "conversation, median",
    "queue, p95 at 40",
    "queue, p95 at 20",
    "queue's last page, p95 at 40",
    "conversation, p95 at 40",
    "statements for the queue",
    "statements for a conversation",
    "audit verify",
}
ALONE = {
    "own: without model and embedding, durable",
    "own and model client",
    "  of own: reading, matching, checking, storing",
    "model client",
    "encoder",
    "workers, everything",
    "web process: intake",
    "PostgreSQL",
    "workers with nothing to do, per second",
    "dense part by raw FAISS",
    "one short message, times faster",
    "points lost, our own cases",
    "build, 100 entries",
    "build, 200 entries",
    "of the ten nearest found, 100 entries",
    "of the ten nearest found, 200 entries",
}  # in a quick run, which measures no peer


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a quick run writes."""
    file = tmp_path_factory.mktemp("bench") / "figures.json"
    subprocess.run([sys.executable, "-m", "bench", "--quick", "--json", file], cwd=CHECKOUT, check=True)
    written: dict[str, Any] = json.loads(file.read_text())
    return written


def test_a_quick_run_measures_everything_and_sets_it_beside_something(quick: dict[str, Any]) -> None:
    figures = {figure["name"]: figure for section in quick["sections"] for figure in section["figures"]}

    assert set(quick["where"]) == {"date", "commit", "cores", "memory_gb", "load_before"}
    assert {name for name, figure in figures.items() if figure["beside"]} == COMPARED
    assert {name for name, figure in figures.items() if not figure["beside"]} == ALONE
    assert {name for name, figure in figures.items() if figure["value"] <= 0} <= {
        "points lost, our own cases"
    }
    assert {name for name, figure in figures.items() if figure["met"] is not None} == {
        "own: without model and embedding, durable",
        "queue, p95 at 40",
        "dense part, median",
        "dense part by raw FAISS",
        "one short message, times faster",
        "points lost, our own cases",
        "an edited entry of 200 is found",
    }


def test_what_workers_used_is_split_without_a_rest(quick: dict[str, Any]) -> None:
    figures = {
        figure["name"].strip(): figure["value"]
        for section in quick["sections"]
        for figure in section["figures"]
    }
    own = figures["own: without model and embedding, durable"]
    parts = (
        figures["of own: reading, matching, checking, storing"],
        figures["of own: engine, polling, heartbeats"],
    )

    assert own == pytest.approx(sum(parts))
    assert figures["workers, everything"] == pytest.approx(own + figures["model client"] + figures["encoder"])


def test_every_draft_of_the_run_is_in_the_models_own_words(quick: dict[str, Any]) -> None:
    told = next(
        section["told"] for section in quick["sections"] if section["title"] == "From message to draft"
    )

    assert told.startswith("12 messages over HTTP by 8 clients, 2 workers, instant stand-in model; 12 drafts")


def test_a_figure_knows_its_ratio_and_whether_its_goal_is_met() -> None:
    slow = Figure("slow", 20.0, "ms", Beside("floor", 5.0), Goal(10))
    fast = Figure("fast", 20.0, "rows/s", Beside("floor", 0.0), Goal(10, at_most=False))

    assert (slow.ratio, slow.met) == (4.0, False)
    assert (fast.ratio, fast.met) == (None, True)


@pytest.mark.parametrize(("values", "expected"), [([3.0], 3.0), ([float(n) for n in range(1, 101)], 95.0)])
def test_the_95th_percentile_is_exceeded_by_five_of_a_hundred(values: list[float], expected: float) -> None:
    assert percentile(values, 0.95) == expected
