"""How conformance suites are read and reported, on small suites of our own."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.commands import cli
from app.evaluation.conformance_cases import Case, SuiteResult, judged
from app.evaluation.hostile_texts import MOST, hostile_texts
from app.evaluation.jsonl import UnusableFile
from app.evaluation.length import Slowest, as_json
from app.evaluation.typescript_tables import array_after, cases_in, end_of_bracket, literal, strings_after


def test_a_suite_names_the_cases_that_failed() -> None:
    cases = [Case("right", 1, 1), Case("wrong", 1, 2)]

    assert judged("lengths", cases) == SuiteResult("lengths", 2, ("wrong",), ())
    assert judged("lengths", cases).passed == 1


def test_figures_stand_by_suite_with_the_slowest_text_of_their_counter() -> None:
    suites = [
        SuiteResult("Unicode graphemes", 3, ("one",), ("why",)),
        SuiteResult("AT did syntax", 1, (), ()),
    ]
    slowest = [Slowest("graphemes", 2.5, "flags"), Slowest("x", 7.0, "links")]

    assert as_json(suites, slowest) == {
        "n": 4,
        "passed": 3,
        "slowest_ms": 7.0,
        "suites": {
            "Unicode graphemes": {
                "n": 3,
                "passed": 2,
                "failed": ["one"],
                "left_out": ["why"],
                "slowest_ms": 2.5,
            },
            "AT did syntax": {"n": 1, "passed": 1, "failed": [], "left_out": [], "slowest_ms": None},
        },
        "hostile_texts": {
            "graphemes": {"slowest_ms": 2.5, "text": "flags"},
            "x": {"slowest_ms": 7.0, "text": "links"},
        },
    }


def test_a_typescript_table_becomes_values() -> None:
    source = "const rows: string[][] = [\n  ['a\\n[', { from: 0, to: 2 }], // a ]\n  ['b', {}],\n]"

    assert array_after(source, "string[][] = [") == [["a\n[", {"from": 0, "to": 2}], ["b", {}]]


def test_the_cases_of_a_typescript_test_are_found_with_their_strings() -> None:
    source = "it('counts', () => { f({ text: 'a)' }); expect(x).toEqual('b') })\nit(\"two\", () => {})"

    assert [name for name, _ in cases_in(source)] == ["counts", "two"]
    body = dict(cases_in(source))["counts"]
    assert (strings_after(body, "text:"), strings_after(body, "toEqual(")) == (["a)"], ["b"])


@pytest.mark.parametrize("source", ["[1, f(2)]", "[1,"])
def test_code_that_is_no_table_is_refused(source: str) -> None:
    with pytest.raises(UnusableFile):
        literal(source[: end_of_bracket(source, 0)])


def test_every_hostile_text_is_as_long_as_it_says() -> None:
    assert {len(text) for text in hostile_texts().values()} == {MOST}


def test_missing_data_ends_the_command_with_a_sentence(tmp_path: Path) -> None:
    ended = CliRunner().invoke(cli, ["eval", "length", "--data", str(tmp_path)])

    assert ended.exit_code == 2
    assert "Give --data the folder that holds conformance/" in ended.output


def test_a_missing_suite_ends_the_command_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "conformance").mkdir()

    ended = CliRunner().invoke(cli, ["eval", "length", "--data", str(tmp_path)])

    assert ended.exit_code == 2
    assert "validate.yml cannot be read as a suite of twitter-text" in ended.output
