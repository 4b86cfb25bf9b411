"""Rows of JSONL files that others wrote. Whatever is wrong is told with file, line, field and remedy."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from app.core.errors import InvalidInput

BOM = b"\xef\xbb\xbf"


class UnusableFile(InvalidInput):
    title = "This file cannot be used"


class Row(BaseModel):
    """One line. Columns it does not name are somebody else's and ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


RowT = TypeVar("RowT", bound=Row)


def _is_a_name(text: str) -> str:
    if not text.strip():
        raise ValueError("it is empty")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("it holds half a character (a lone surrogate)")
    return text


Filled = Annotated[str, AfterValidator(_is_a_name)]  # it is printed, so it must be printable


def read_rows(file: Path, model: type[RowT]) -> list[tuple[int, RowT]]:
    """Every row with its line number. Blank lines, a byte order mark and CRLF do no harm.

    Raises `UnusableFile` for what cannot be read, and for a file without any row.
    """
    return [(number, _row(file, number, found, model)) for number, found in read_objects(file)]


def read_objects(file: Path) -> list[tuple[int, dict[str, Any]]]:
    """The same, before any column is looked at."""
    try:
        content = file.read_bytes().removeprefix(BOM)
    except OSError as error:
        raise UnusableFile(
            f"{file} cannot be read: {error.strerror}. Give the path of a JSONL file."
        ) from error
    lines = enumerate(content.splitlines(), start=1)
    found = [(number, _object(file, number, line)) for number, line in lines if line.strip()]
    if not found:
        raise UnusableFile(f"{file} is empty. It needs at least one line.")
    return found


def refuse_twice(file: Path, column: str, names: Iterable[tuple[int, str]]) -> None:
    """Raises `UnusableFile` when two lines carry the same name."""
    first: dict[str, int] = {}
    for number, name in names:
        if name in first:
            raise UnusableFile(
                f"{file}, line {number}: the {column} {name} stands in line {first[name]} already. "
                f"Give every entry a {column} of its own."
            )
        first[name] = number


def _object(file: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnusableFile(
            f"{file}, line {number}: byte {error.start + 1} is not UTF-8. Save the file as UTF-8."
        ) from error
    except (ValueError, RecursionError) as error:  # ValueError: a number of thousands of digits too
        where = f" (column {error.colno}: {error.msg})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnusableFile(
            f"{file}, line {number} is no JSON{where}. Write one whole JSON object on each line."
        ) from error
    if not isinstance(found, dict):
        raise UnusableFile(f"{file}, line {number} is no JSON object. Write it as {{...}}, with its fields.")
    return found


def _row(file: Path, number: int, found: dict[str, Any], model: type[RowT]) -> RowT:
    try:
        return model.model_validate(found)
    except ValidationError as error:
        raise UnusableFile(_sentence(file, number, error.errors()[0], model)) from error


def _sentence(file: Path, number: int, problem: ErrorDetails, model: type[Row]) -> str:
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "missing":
        needed = ", ".join(field for field, column in model.model_fields.items() if column.is_required())
        return f"{file}, line {number}: the field {name} is missing. Every line needs: {needed}."
    reason = problem["msg"].removeprefix("Value error, ")
    place = f", field {name}" if name else ""
    return f"{file}, line {number}{place}: {reason}. Correct it and run this again."
