"""Unicode's lists: where a text breaks into graphemes, and what is one emoji."""

from collections.abc import Iterator
from pathlib import Path

from app.channels.counting import graphemes
from app.channels.x.counting import weighted_length
from app.evaluation.conformance_cases import Case, SuiteResult, judged
from app.evaluation.jsonl import UnusableFile

BREAK = "\u00f7"
SCISSORS = "2701"  # were a picture in Unicode 15, which the list is of, and are none since
NO_PICTURE_ANY_MORE = "{} rows with U+2701, a picture in Unicode 15 and none since"
EMOJI_ON_X = 2


def unicode_suites(folder: Path) -> Iterator[SuiteResult]:
    """Raises `UnusableFile` when a list is missing."""
    rows = [row for row in _rows(folder / "GraphemeBreakTest.txt") if row]
    kept = [row for row in rows if SCISSORS not in row]
    left_out = (NO_PICTURE_ANY_MORE.format(len(rows) - len(kept)),) if len(kept) < len(rows) else ()
    yield judged("Unicode graphemes", map(_broken, kept), left_out=left_out)
    emoji = [_text(row.split(";")[0]) for row in _rows(folder / "emoji-test.txt") if "fully-qualified" in row]
    yield judged("Unicode emoji as graphemes", (Case(repr(one), graphemes(one), 1) for one in emoji))
    yield judged("Unicode emoji on X", (Case(repr(one), weighted_length(one), EMOJI_ON_X) for one in emoji))


def _rows(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise UnusableFile(f"{path} cannot be read. It is Unicode's list of that name.") from error
    return [line.partition("#")[0].strip() for line in lines]


def _broken(row: str) -> Case:
    return Case(row, graphemes(_text(row)), row.split().count(BREAK) - 1)


def _text(codes: str) -> str:
    return "".join(chr(int(code, 16)) for code in codes.split() if len(code) > 1)
