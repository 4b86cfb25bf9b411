"""Models and migrations say the same, and a second run changes nothing."""

import importlib
import pkgutil

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

import app
from app.core.database import Base
from app.core.migrate import migrate


def test_the_migrations_make_exactly_what_the_models_say(engine: Engine) -> None:
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if module.name.endswith(".models"):
            importlib.import_module(module.name)
    migrate(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_schemas": False})
        differences = compare_metadata(context, Base.metadata)

    assert differences == []
    assert len(Base.metadata.tables) > 30
