"""A real PostgreSQL for every test process, started once; each test gets a clean database."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from app.core import database, jobs
from app.core.migrate import migrate
from app.core.postgres import EmbeddedPostgres
from app.core.settings import get_settings

TEMPLATE = "sayso_template"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """URL of an embedded server of this test process; gone with its data at the end."""
    home = Path(tempfile.mkdtemp(prefix="sayso-tests-"))
    postgres = EmbeddedPostgres(home, fsync=False)
    try:
        yield postgres.start()
    finally:
        postgres.stop()
        postgres.remove()
        shutil.rmtree(home)


@pytest.fixture(scope="session")
def template(server: str) -> str:
    """A migrated, empty database; copying it takes a tenth of the time of migrating."""
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {TEMPLATE}"))
    admin.dispose()
    url = _url_of(server, TEMPLATE)
    _use(url)
    migrate(database.get_engine())
    jobs.migrate_engine()
    _forget()
    return TEMPLATE


@pytest.fixture
def database_url(
    server: str, template: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[str]:
    """A clean database of this test, and SAYSO_HOME and SAYSO_DATABASE_URL pointing at it."""
    name = f"test_{os.getpid()}_{abs(hash(tmp_path))}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    monkeypatch.setenv("SAYSO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SAYSO_DATABASE_URL", _url_of(server, name))
    _forget()
    yield _url_of(server, name)
    _forget()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def engine(database_url: str) -> Engine:
    return database.get_engine()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session as operations get it; the test commits where the edge would."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


def _url_of(server: str, name: str) -> str:
    return server.replace("/sayso?", f"/{name}?")


def _use(url: str) -> None:
    os.environ["SAYSO_DATABASE_URL"] = url
    _forget()


def _forget() -> None:
    """Drop what this process remembers of its settings and connections."""
    if database.get_engine.cache_info().currsize:
        database.get_engine().dispose()
    for cached in (get_settings, database.get_engine, database.session_factory, jobs.client):
        cached.cache_clear()
