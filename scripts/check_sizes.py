"""Refuses files, functions and partials that have grown too long to read in one go.

Statements and complexity are ruff's to count.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("app", "sandbox", "tests", "scripts", "bench")
FILE_LINES = 400
FUNCTION_LINES = 60
PARTIAL_LINES = 59


def main(checkout: Path) -> int:
    problems = [problem for folder in FOLDERS for problem in problems_in(checkout / folder)]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def problems_in(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.py")):
        source = path.read_text()
        yield from too_long(str(path), len(source.splitlines()), FILE_LINES)
        yield from long_functions(path, source)
    for path in sorted(folder.rglob("_*.html")):
        yield from too_long(str(path), len(path.read_text().splitlines()), PARTIAL_LINES)


def long_functions(path: Path, source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield from too_long(f"{path}:{node.lineno} {node.name}()", lines, FUNCTION_LINES)


def too_long(what: str, lines: int, limit: int) -> Iterator[str]:
    if lines > limit:
        yield f"{what} has {lines} lines, at most {limit} are allowed"


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parents[1]))
