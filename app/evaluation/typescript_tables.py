"""The tables in a TypeScript test file as Python values: arrays, strings, numbers and plain objects."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from app.evaluation.jsonl import UnusableFile

TOKEN = re.compile(
    r"(?P<string>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`)|(?P<comment>//[^\n]*)"
    r"|(?P<name>[A-Za-z_$][\w$]*)|(?P<other>[\s\S])"
)
CLOSING = {"[": "]", "{": "}", "(": ")"}
CASE = re.compile(r"\bit\((?=['\"])")


def array_after(source: str, opening: str, *, start: int = 0) -> list[Any]:
    """The array whose bracket ends `opening`, from `start` on. Raises `UnusableFile` for any other code."""
    at = source.find(opening, start)
    if at < 0:
        raise UnusableFile(f"The table {opening!r} is not in the file. Has the suite changed?")
    begin = at + len(opening) - 1
    found: list[Any] = literal(source[begin : end_of_bracket(source, begin)])
    return found


def literal(source: str) -> Any:
    """The value that a literal says. Raises `UnusableFile` for any other code."""
    parts = []
    for token in TOKEN.finditer(source):
        if token.lastgroup == "name":
            parts.append(repr(token.group()))  # the key of an object
        elif token.lastgroup != "comment":
            parts.append(token.group())
    try:
        return ast.literal_eval("".join(parts).strip())
    except (SyntaxError, ValueError) as error:
        raise UnusableFile(f"This is no plain table: {source[:60]!r}. Has the suite changed?") from error


def end_of_bracket(source: str, begin: int) -> int:
    """Where the bracket that opens at `begin` has been closed; brackets in strings and comments are none."""
    open_ones: list[str] = []
    for token in TOKEN.finditer(source, begin):
        mark = token.group()
        if token.lastgroup == "other" and mark in CLOSING:
            open_ones.append(CLOSING[mark])
        elif token.lastgroup == "other" and open_ones and mark == open_ones[-1]:
            open_ones.pop()
            if not open_ones:
                return token.end()
    raise UnusableFile(f"A bracket is never closed: {source[begin : begin + 60]!r}.")


def cases_in(source: str) -> Iterator[tuple[str, str]]:
    """Name and code of each `it('…', …)`."""
    for match in CASE.finditer(source):
        begin = match.end() - 1
        body = source[begin : end_of_bracket(source, begin)]
        name = TOKEN.match(body, 1)
        if name is not None and name["string"]:
            yield literal(name["string"]), body


def strings_after(source: str, opening: str) -> list[str]:
    """The string that follows each `opening`, in order; what is no plain string is left out."""
    found = []
    for match in re.finditer(re.escape(opening) + r"\s*", source):
        token = TOKEN.match(source, match.end())
        if token is not None and token["string"]:
            found.append(str(literal(token["string"])))
    return found
