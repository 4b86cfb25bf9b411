"""A real PostgreSQL for every test process, started once; each test gets a clean database."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.cli import demo
from app.core import database, jobs
from app.core.clock import utc_now
from app.core.migrate import migrate
from app.core.postgres import EmbeddedPostgres
from app.core.settings import get_settings
from app.llm.gateway import get_gateway

TEMPLATE = "sayso_template"
DEMO_TEMPLATE = "sayso_demo_template"
_numbers = count(1)


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
    _create(server, TEMPLATE)
    with _pointing_at(_url_of(server, TEMPLATE)):
        migrate(database.get_engine())
        jobs.migrate_engine()
    return TEMPLATE


@pytest.fixture(scope="session")
def demo_template(server: str, template: str) -> str:
    """The same with the demo brand, its people and its FAQ."""
    _create(server, DEMO_TEMPLATE, like=template)
    with _pointing_at(_url_of(server, DEMO_TEMPLATE)), database.transaction() as session:
        demo.seed(session, at=utc_now())
    return DEMO_TEMPLATE


@pytest.fixture
def database_url(server: str, template: str, tmp_path: Path) -> Iterator[str]:
    """A clean database of this test, and SAYSO_HOME and SAYSO_DATABASE_URL pointing at it."""
    with clean_database(server, template, home=tmp_path / "home") as url:
        yield url


@pytest.fixture
def demo_session(server: str, demo_template: str, tmp_path: Path) -> Iterator[Session]:
    """A session on a database of this test that holds the demo."""
    with clean_database(server, demo_template, home=tmp_path / "home"), _session() as session:
        yield session


@contextmanager
def clean_database(server: str, template: str, *, home: Path) -> Iterator[str]:
    """A copy of the template for as long as the block lasts; the environment points at it and at `home`."""
    name = f"test_{next(_numbers)}"
    _create(server, name, like=template)
    with _pointing_at(_url_of(server, name), home=home):
        yield _url_of(server, name)
    _drop(server, name)


@pytest.fixture
def engine(database_url: str) -> Engine:
    return database.get_engine()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session as operations get it; the test commits where the edge would."""
    with _session() as session:
        yield session


def _session() -> Session:
    return Session(database.get_engine(), expire_on_commit=False)


def _create(server: str, name: str, *, like: str | None = None) -> None:
    _administer(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {like}" if like else ""))


def _drop(server: str, name: str) -> None:
    """Drop a database with whatever is connected, waiting for a vacuum that only its owner may end."""
    for _ in range(50):
        try:
            return _administer(server, f"DROP DATABASE {name} WITH (FORCE)")
        except ProgrammingError:
            time.sleep(0.2)
    return _administer(server, f"DROP DATABASE {name}")


def _administer(server: str, statement: str) -> None:
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(statement))
    admin.dispose()


def _url_of(server: str, name: str) -> str:
    return server.replace("/sayso?", f"/{name}?")


@contextmanager
def _pointing_at(url: str, *, home: Path | None = None) -> Iterator[None]:
    """The settings name this database, and this home, for as long as the block lasts."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SAYSO_DATABASE_URL", url)
        if home is not None:
            environment.setenv("SAYSO_HOME", str(home))
        _forget()
        yield
        _forget()
    get_settings.cache_clear()


def _forget() -> None:
    """Drop what this process remembers of its settings and connections."""
    if database.get_engine.cache_info().currsize:
        database.get_engine().dispose()
    for cached in (get_settings, database.get_engine, database.session_factory, jobs.client, get_gateway):
        cached.cache_clear()
