"""`python -m bench [path] [matching] [pages]`: the table, and the same as JSON in bench/results."""

import argparse
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console

from app.core.clock import utc_now
from app.core.settings import CHECKOUT
from bench.figures import as_json
from bench.measures import FULL, QUICK, Part, run
from bench.table import print_sections

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Measures and prints; a goal that is missed is a figure, not an error."""
    asked = _arguments()
    console = Console(width=None if os.isatty(1) else 150)
    where = _where()
    sections = run(console, QUICK if asked.quick else FULL, asked.parts or list(Part))
    console.print(", ".join(f"{name} {value}" for name, value in where.items()), highlight=False)
    print_sections(console, sections)
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    asked.json.write_text(json.dumps({"where": where, "sections": as_json(sections)}, indent=1))
    console.print(f"Written to {asked.json}", highlight=False)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure speed and cost.")
    parser.add_argument(
        "parts",
        nargs="*",
        type=Part,
        metavar="part",
        help=f"what to measure, of {', '.join(Part)}; without any, all",
    )
    parser.add_argument(
        "--quick", action="store_true", help="a smoke run: small numbers, no peer; not for quoting"
    )
    parser.add_argument(
        "--json", type=Path, default=RESULTS / "latest.json", help="where the figures go as JSON"
    )
    return parser.parse_args()


def _where() -> dict[str, Any]:
    """What the figures depend on, seen before the run: a busy machine shows in the load."""
    commit = subprocess.run(
        ["git", "-C", CHECKOUT, "describe", "--always", "--dirty"],
        capture_output=True,
        text=True,
        check=False,
    )
    return {
        "date": utc_now().date().isoformat(),
        "commit": commit.stdout.strip() or "unknown",
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "load_before": round(os.getloadavg()[0], 2),
    }


if __name__ == "__main__":
    main()
