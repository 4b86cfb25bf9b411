"""Where it is measured: a PostgreSQL that waits for the disk, and a clean database per measure."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from sqlalchemy import create_engine, make_url, text

from app.cli import demo
from app.core import database, jobs
from app.core.clock import utc_now
from app.core.migrate import migrate
from app.core.postgres import EmbeddedPostgres
from app.core.settings import get_settings

TEMPLATE = "bench_template"


@dataclass(frozen=True)
class Ground:
    """The server of this run, its folder, and the passwords of the demo's people by handle."""

    home: Path
    server: str
    passwords: dict[str, str]

    @contextmanager
    def database(self, name: str) -> Iterator[None]:
        """A database with the demo's brand and people, used by this process and those it starts."""
        _create(self.server, name, "TEMPLATE", TEMPLATE)
        _use(self.server, name)
        yield
        _forget()

    def database_seconds(self) -> float:
        """CPU that the PostgreSQL server used so far, with all its processes."""
        with database.get_engine().connect() as connection:
            backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        server = psutil.Process(psutil.Process(backend).ppid())
        own = server.cpu_times()
        alive = [child.cpu_times() for child in server.children(recursive=True)]
        ended = own.children_user + own.children_system
        return own.user + own.system + ended + sum(times.user + times.system for times in alive)


@contextmanager
def ground() -> Iterator[Ground]:
    """A server that waits for the disk at every commit, gone with its data at the end."""
    home = Path(tempfile.mkdtemp(prefix="sayso-bench-"))
    postgres = EmbeddedPostgres(home)
    try:
        server = postgres.start()
        os.environ["SAYSO_HOME"] = str(home)
        yield Ground(home, server, _make_template(server))
    finally:
        postgres.stop()
        postgres.remove()
        shutil.rmtree(home)


def _make_template(server: str) -> dict[str, str]:
    """The database that the others are copies of. Returns the demo's passwords."""
    _create(server, TEMPLATE)
    _use(server, TEMPLATE)
    migrate(database.get_engine())
    jobs.migrate_engine()
    with database.transaction() as session:
        passwords = demo.seed(session, at=utc_now())
    _forget()
    return passwords


def _create(server: str, name: str, *options: str) -> None:
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(" ".join(["CREATE DATABASE", name, *options])))
    admin.dispose()


def _use(server: str, name: str) -> None:
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    os.environ["SAYSO_DATABASE_URL"] = url
    _forget()


def _forget() -> None:
    """Drop what this process remembers of its settings and connections."""
    if database.get_engine.cache_info().currsize:
        database.get_engine().dispose()
    for cached in (get_settings, database.get_engine, database.session_factory, jobs.client):
        cached.cache_clear()
