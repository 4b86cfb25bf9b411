"""The figures as a table on the terminal."""

from rich.console import Console
from rich.table import Table

from bench.figures import Figure, Section

VERDICTS = {True: "[green]yes[/green]", False: "[red]no[/red]", None: ""}


def print_sections(console: Console, sections: list[Section]) -> None:
    for section in sections:
        table = Table(title=section.title, title_justify="left", title_style="bold", caption=section.told)
        table.caption_justify = "left"
        for heading in ("what", "value", "beside it", "ratio", "goal", "met"):
            table.add_column(heading, justify="left" if heading in {"what", "beside it"} else "right")
        for figure in section.figures:
            table.add_row(*_cells(figure))
        console.print(table)
        for figure in section.figures:
            if figure.note:
                console.print(f"  {figure.name}: {figure.note}", markup=False, highlight=False)
        console.print()


def _cells(figure: Figure) -> list[str]:
    beside = f"{figure.beside.name}: {_number(figure.beside.value)}" if figure.beside else ""
    ratio = f"{figure.ratio:.2f}" if figure.ratio is not None else ""
    goal = f"{'≤' if figure.goal.at_most else '≥'} {_number(figure.goal.limit)}" if figure.goal else ""
    return [figure.name, f"{_number(figure.value)} {figure.unit}", beside, ratio, goal, VERDICTS[figure.met]]


def _number(value: float) -> str:
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value == int(value) else f"{value:.2f}" if abs(value) < 100 else f"{value:.1f}"
