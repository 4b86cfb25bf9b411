"""A running copy per module: starting one takes seconds, and every test writes its own messages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.settings import get_settings
from tests.conftest import clean_database
from tests.journeys.promises import assert_promises_hold
from tests.journeys.running import RunningSayso, start_sayso


@pytest.fixture(scope="session")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the encoded FAQ is kept for all copies of this test process."""
    return tmp_path_factory.mktemp("vectors")


@pytest.fixture(scope="module")
def sayso(
    server: str, demo_template: str, vectors: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningSayso]:
    home = tmp_path_factory.mktemp("sayso")
    with clean_database(server, demo_template, home=home):
        running = start_sayso(home, vectors=vectors)
        get_settings.cache_clear()
        try:
            yield running
        finally:
            running.stop()


@pytest.fixture(autouse=True)
def promises(sayso: RunningSayso) -> Iterator[None]:
    """Each test begins with a network that behaves and with sending switched on, and ends with nothing
    lost, double or unapproved in everything that this copy ever did."""
    sayso.sandbox.reset_settings()
    if not sayso.call("GET", "/api/sending").json()["on"]:
        sayso.call("PUT", "/api/sending", by="lead", json={"on": True, "reason": "The next test begins"})
    yield
    assert_promises_hold(sayso)
