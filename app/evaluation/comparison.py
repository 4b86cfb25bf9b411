"""Our matcher beside two plain ones over all sets, as one table."""

from collections.abc import Iterable, Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from app.evaluation.contestants import Contestant
from app.evaluation.rankings import RememberingEncoder
from app.evaluation.runs import Run, run_contestant
from app.evaluation.scores_file import figure, intervals
from app.evaluation.scoring import Scores
from app.evaluation.suite import Aims, NamedSet

COLUMNS = (
    "set",
    "matcher",
    "n",
    "top 1",
    "top 5",
    "AUROC",
    "right",
    "hindsight",
    "precision",
    "recall",
    "ECE",
    "p50 ms",
    "aim",
)
SMALL = 100  # sets with fewer answerable questions get their interval printed
WIDTH = 170
LEGEND = (
    "top 1, top 5: share of the questions with an answer. AUROC: answerable told from others. "
    "right: the right entry, or rightly none; hindsight: the same had the best threshold been known.",
    "precision: answers given that were right. recall: answerable questions answered rightly. ECE: gap "
    "between probability promised and kept. In brackets: where the true share lies with 95 %.",
    "words alone: BM25 over one text per entry. plain MiniLM: the largest cosine over title, examples and "
    "article, on the same vectors. Both always answer, so compare their hindsight with ours.",
    "Aims (gap: hindsight less right) are for parts of the data that nobody here has seen.",
)


def compare(named: NamedSet, remembering: RememberingEncoder) -> dict[Contestant, Run]:
    """Every contestant on one set, one after the other."""
    return {who: run_contestant(who, named.asked, remembering) for who in Contestant}


def print_comparison(console: Console, compared: Iterable[tuple[NamedSet, dict[Contestant, Run]]]) -> None:
    """One table; sets in several languages get lines for each of them too."""
    table = Table(*COLUMNS, title="Matching", box=SIMPLE_HEAD, pad_edge=False)
    for named, runs in compared:
        table.add_section()
        for name, language in _parts(named, runs):
            for who, run in runs.items():
                aims = named.aims if language is None else Aims()
                table.add_row(*_line(name, who, run.scores(language=language), aims))
    wide = Console(file=console.file, width=max(console.width, WIDTH))
    wide.print(table)
    for sentence in LEGEND:
        console.print(sentence)


def _parts(named: NamedSet, runs: dict[Contestant, Run]) -> Iterator[tuple[str, str | None]]:
    yield named.name, None
    for language in runs[Contestant.OURS].languages():
        yield f"  in {language}", language


def _line(name: str, who: Contestant, scores: Scores, aims: Aims) -> list[str]:
    is_ours = who is Contestant.OURS
    bounds = intervals(scores) if scores.in_scope < SMALL else {}
    return [
        name if is_ours else "",
        who.value,
        str(scores.n) if is_ours else "",
        figure(scores.top1) + _brackets(bounds.get("top1")),
        figure(scores.top5) + _brackets(bounds.get("top5")),
        figure(scores.oos_auroc),
        figure(scores.overall_accuracy),
        figure(scores.hindsight_best_accuracy),
        figure(scores.answered_precision),
        figure(scores.answered_recall),
        figure(scores.expected_calibration_error) if is_ours else "-",
        "-" if scores.p50_ms is None else f"{scores.p50_ms:.1f}",
        "\n".join(aims.judged(scores)) if is_ours else "",
    ]


def _brackets(bounds: tuple[float, float] | None) -> str:
    return f" ({bounds[0]:.2f}-{bounds[1]:.2f})" if bounds else ""
