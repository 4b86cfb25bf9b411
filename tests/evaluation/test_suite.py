"""The sets that are compared, the aims they are held against, and the table they end in."""

import dataclasses
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from rich.console import Console
from typer.testing import CliRunner

from app.cli.commands import cli
from app.embeddings.encoder import get_encoder
from app.evaluation.comparison import compare, print_comparison
from app.evaluation.contestants import Contestant, make_contestant
from app.evaluation.rankings import Ranking, RememberingEncoder
from app.evaluation.scoring import Scores, outcome, score
from app.evaluation.sets import Case, EvalSet
from app.evaluation.suite import Aims, NamedSet, left_out, own_sets, public_sets, suite_sets
from app.retrieval.corpus import Entry
from tests.evaluation.files import FAQ, QUERIES, write_rows

ENTRIES = (
    Entry("boat", "Bicycles on the boat", ("Can I take my bike on the ferry?",)),
    Entry("lily", "Is there parking?", body="No, there is none.", subject="HOTEL LILY"),
    Entry("rose", "Is there parking?", body="Yes, there is.", subject="HOTEL ROSE"),
    Entry("wifi", "Internet on board", confirmed=("does the wlan work",)),
    Entry("fares", "Prices", body="A ticket costs two pounds fifty."),
)


def scores(figures: dict[str, Any]) -> Scores:
    one = Case("1", "x", frozenset({"a"}), in_scope=True)
    return dataclasses.replace(score([outcome(one, Ranking(("a",), 0.5, answered=True), {}, 1.0)]), **figures)


@pytest.mark.parametrize("who", Contestant)
def test_every_matcher_finds_by_title_example_confirmation_and_body(who: Contestant) -> None:
    matcher = make_contestant(who, ENTRIES, RememberingEncoder(get_encoder()))

    asked = ("bicycles on the boat", "my bike on the ferry", "wlan work", "a ticket costs two pounds")
    first = [matcher.rank(text, ()).keys[0] for text in asked]

    assert first == ["boat", "boat", "wifi", "fares"]


@pytest.mark.parametrize("who", [Contestant.WORDS, Contestant.MINILM])
def test_the_plain_matchers_hear_what_was_said_before(who: Contestant) -> None:
    matcher = make_contestant(who, ENTRIES, RememberingEncoder(get_encoder()))

    assert matcher.rank("is there parking", ("please book the hotel rose",)).keys[0] == "rose"
    assert matcher.rank("is there parking", ("please book the hotel lily",)).keys[0] == "lily"


def test_words_alone_have_nothing_to_say_to_words_nobody_used() -> None:
    matcher = make_contestant(Contestant.WORDS, ENTRIES, RememberingEncoder(get_encoder()))

    assert matcher.rank("xyzzy", ()) == Ranking((), 0.0, answered=False)


def test_words_alone_bear_entries_without_words() -> None:
    matcher = make_contestant(Contestant.WORDS, [Entry("what", "?!")], RememberingEncoder(get_encoder()))

    assert matcher.rank("?!", ()) == Ranking((), 0.0, answered=False)


class CountingEncoder:
    """The real one, with a list of what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.model_id = get_encoder().model_id
        self.dimensions = get_encoder().dimensions
        self.inner_dimensions = get_encoder().inner_dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return get_encoder().encode(texts)

    def encode_whole(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return get_encoder().encode_whole(texts)


def test_a_text_is_encoded_once_and_as_ever() -> None:
    counting = CountingEncoder()
    remembering = RememberingEncoder(counting)

    first, second = remembering.encode(["a", "b", "a"]), remembering.encode_whole(["c", "b"])

    assert np.array_equal(first, get_encoder().encode(["a", "b", "a"]))
    assert np.array_equal(second, get_encoder().encode_whole(["c", "b"]))
    assert counting.asked == ["a", "b", "c"]
    assert remembering.encode([]).shape == (0, get_encoder().dimensions)


@pytest.mark.parametrize(
    ("aims", "figures", "judged"),
    [
        (Aims(top1=0.84), {"top1": 0.84}, ["top 1 0.84: met"]),
        (
            Aims(top5=0.65, oos_auroc=0.96),
            {"top5": 0.7},
            ["top 5 0.65: met", "AUROC 0.96: not met"],
        ),
        (
            Aims(overall_accuracy=0.8, below_hindsight=0.02),
            {"overall_accuracy": 0.79, "hindsight_best_accuracy": 0.8},
            ["right 0.8: not met", "gap 0.02: met"],
        ),
        (
            Aims(below_hindsight=0.02),
            {"overall_accuracy": 0.7, "hindsight_best_accuracy": 0.8},
            ["gap 0.02: not met"],
        ),
        (Aims(), {}, []),
    ],
)
def test_aims_are_met_or_not(aims: Aims, figures: dict[str, Any], judged: list[str]) -> None:
    assert list(aims.judged(scores(figures))) == judged


def test_the_suite_reads_and_its_names_are_its_own() -> None:
    sets = suite_sets()

    assert len(sets) >= 10
    assert len({one.name for one in sets}) == len(sets)
    assert all((one.faq is None) != (one.kb is None) for one in sets)


def test_without_public_data_the_own_cases_remain(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"

    assert [named.name for named in own_sets()] == ["matching.yaml", "inbox.jsonl"]
    assert list(public_sets(nowhere)) == []
    assert list(left_out(nowhere)) == [
        f"There is no {nowhere}: only the cases of this repository were measured."
    ]


def test_a_set_whose_files_are_there_is_read_and_others_are_named(tmp_path: Path) -> None:
    (tmp_path / "faq_match").mkdir()
    write_rows(tmp_path / "faq_match" / "banking77_faq.jsonl", FAQ)
    write_rows(tmp_path / "faq_match" / "banking77_queries.jsonl", QUERIES)

    found = list(public_sets(tmp_path))

    assert [(named.name, len(named.asked.entries)) for named in found] == [
        ("banking77", 3),
        ("banking77, 15 hidden", 2),
    ]
    told = list(left_out(tmp_path))
    assert len(told) == len(suite_sets()) - len(found)
    assert told[0] == (
        f"banking77, with pool was left out: there is no {tmp_path}/faq_match/banking77_train_pool.jsonl."
    )


def test_the_table_has_a_line_for_every_matcher_and_language(tmp_path: Path) -> None:
    cases = (
        Case("1", "bike on the ferry", frozenset({"boat"}), in_scope=True, language="en"),
        Case("2", "Fahrrad auf der Fähre", frozenset({"boat"}), in_scope=True, language="de"),
    )
    named = NamedSet("mine", EvalSet(ENTRIES, cases), Aims(top1=1.0))
    out = StringIO()

    print_comparison(Console(file=out), [(named, compare(named, RememberingEncoder(get_encoder())))])

    printed = out.getvalue()
    assert [printed.count(f"{name} ") for name in ("mine", "in de", "in en")] == [1, 1, 1]
    assert [printed.count(f" {who.value} ") for who in Contestant] == [3, 3, 3]
    assert "top 1 1: " in printed
    assert "1.000 (0.21-1.00)" in printed


def test_the_command_compares_and_says_what_is_missing(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["eval", "all", "--data", str(tmp_path / "nowhere")])

    assert done.exit_code == 0, done.output
    assert "plain MiniLM" in done.stdout
    assert f"There is no {tmp_path}/nowhere: only the cases of this repository were measured." in done.stdout
    told = [line.partition(":")[0] for line in done.stderr.splitlines()]
    assert told == ["matching.yaml", "inbox.jsonl"]
