"""Bringing the database to this code's schema, one process at a time."""

from alembic.command import upgrade
from alembic.config import Config
from sqlalchemy import Engine, text

from app.core.settings import CHECKOUT

MIGRATION_LOCK = 5_061_741  # any constant of ours: two starting processes migrate one after the other


def migrate(engine: Engine, *, revision: str = "head") -> None:
    """Apply the migrations that are missing. Safe to call from several processes at once."""
    config = Config(str(CHECKOUT / "alembic.ini"))
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        config.attributes["connection"] = connection
        upgrade(config, revision)
