"""The figures of the long proofs, printed together at the end in the form that docs/proofs.md keeps."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import promises, sayso, vectors

__all__ = ["promises", "sayso", "vectors"]  # the same running copies as the journeys'
FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture
def prove(pytestconfig: pytest.Config) -> Callable[[str, str], None]:
    """Note what was proved and the figures it was proved with."""
    rows = pytestconfig.stash.setdefault(FIGURES, [])
    return lambda proof, figures: rows.append(f"| {proof} | {figures} |")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    rows = config.stash.get(FIGURES, [])
    if rows:
        terminalreporter.section("long proofs")
        for row in rows:
            terminalreporter.write_line(row)
