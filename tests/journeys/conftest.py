"""A running copy per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.running import RunningSayso, start_sayso


@pytest.fixture
def sayso(database_url: str, tmp_path: Path) -> Iterator[RunningSayso]:
    running = start_sayso(tmp_path / "sayso")
    try:
        yield running
    finally:
        running.stop()
