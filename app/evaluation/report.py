"""The matching eval as a person reads it: one line per set of cases, then what went wrong."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.core.settings import CHECKOUT
from app.evaluation.matching import MatchingReport, Miss, read_cases, run_matching_eval

CASES = (CHECKOUT / "evals" / "cases" / "matching.yaml", CHECKOUT / "demo" / "inbox.jsonl")
COLUMNS = ("Cases", "n", "top 1", "top 3", "answers right", "found", "rightly none", "threshold", "p50 ms")


def run(console: Console) -> int:
    """Match the repository's cases against its FAQ and print the figures. Exits with 0 whatever they are."""
    reports = {file.name: run_matching_eval(read_cases(file), CHECKOUT / "kb") for file in CASES}
    table = Table(*COLUMNS, title="Matching")
    for name, report in reports.items():
        table.add_row(name, *_figures(report))
    console.print(table)
    for name, report in reports.items():
        console.print(
            f"\n{escape(name)}: {len(report.misses)} of {report.n} went wrong, dangerous ones first"
        )
        for miss in sorted(report.misses, key=lambda miss: (miss.answered is None, miss.case.id)):
            console.print(_line(miss), markup=False, highlight=False)
    return 0


def _figures(report: MatchingReport) -> list[str]:
    shares = (
        report.top1,
        report.top3,
        report.answered_precision,
        report.answered_recall,
        report.abstained_right,
    )
    return [
        str(report.n),
        *("-" if share is None else f"{share:.3f}" for share in shares),
        "-" if report.threshold is None else f"{report.threshold:.3f}",
        f"{report.p50_ms:.1f}",
    ]


def _line(miss: Miss) -> str:
    text = " ".join(miss.case.text.split())[:60]
    return (
        f"  {miss.case.id}: answered {miss.answered or 'none'}, expected {miss.case.expects or 'none'} "
        f"({miss.score:.2f}) {text}"
    )
