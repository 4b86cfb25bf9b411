"""Brands' own codes: data that is refused when it could hurt."""

from pathlib import Path

import pytest

from app.core.errors import InvalidInput
from app.privacy.code_patterns import FOLDER, read_codes


def code_file(folder: Path, pattern: str, example: str = "SK-4711") -> Path:
    path = folder / "brand.yaml"
    path.write_text(
        f"brand: Brand\ncodes:\n  - name: order\n    pattern: '{pattern}'\n    example: '{example}'\n"
    )
    return path


def test_the_patterns_that_we_ship_can_be_read() -> None:
    assert [read_codes(path) for path in FOLDER.glob("*.yaml")] != []


@pytest.mark.parametrize("pattern", [r"SK-\d{4}", r"SK-?\d{4}", r"[A-Z]{2}-[0-9]{2,6}", r"S[K]-4711"])
def test_a_bounded_pattern_matches_its_codes(pattern: str, tmp_path: Path) -> None:
    (found,) = read_codes(code_file(tmp_path, pattern))

    assert found.search("Where is sk-4711?") is not None
    assert found.search("task-47112") is None


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+b",
        r"SK.*",
        r"SK\d+",
        r"SK-\d*",
        r"(SK|RL)-\d{4}",
        r"SK-\d{4,}",
        r"\d{1,9}\d{1,9}\d{1,9}",
        r"SK-\d{99}",
        r"[9-0]{4}",
        r"S?K?-?",
        r"SK\w{4}",
        r"SK-[^a]{4}",
        r"",
    ],
)
def test_a_pattern_that_could_take_long_is_refused(pattern: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"brand\.yaml cannot be used"):
        read_codes(code_file(tmp_path, pattern))


def test_a_pattern_that_misses_its_example_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="does not match its own example 'SK-1'"):
        read_codes(code_file(tmp_path, r"SK-\d{4}", example="SK-1"))
