"""The database for commands: the configured one, the running embedded one, or one started for the moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.core.database import get_engine
from app.core.jobs import migrate_engine
from app.core.migrate import migrate
from app.core.postgres import EmbeddedPostgres
from app.core.settings import get_settings


@contextmanager
def database(*, owned: bool = False) -> Iterator[None]:
    """A reachable, migrated database. An embedded server that this call started is stopped again;
    one that is `owned` is stopped too if an earlier owner died and left it running."""
    settings = get_settings()
    server = EmbeddedPostgres(settings.home) if settings.database_url is None else None
    started_here = server is not None and not server.is_running()
    if server is not None:
        server.start()
    try:
        migrate(get_engine())
        migrate_engine()
        yield
    finally:
        get_engine().dispose()
        if server is not None and (owned or started_here):
            server.stop()
