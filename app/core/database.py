"""Engine, sessions and the declarative base. Nothing below the edges commits."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import BigInteger, DateTime, Engine, Enum, Identity, MetaData, create_engine
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

from app.core.postgres import database_url
from app.core.settings import get_settings

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def _values(words: type[StrEnum]) -> list[str]:
    return [word.value for word in words]


# Words are kept as text, not as a native type, so that adding one needs no type migration.
WORD = Enum(StrEnum, native_enum=False, length=40, values_callable=_values)


class Base(DeclarativeBase):
    """Declarative base: UTC times, words as checked text, JSON as JSONB."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: DateTime(timezone=True),
        StrEnum: WORD,
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
    }


class HasId:
    """A surrogate key: PostgreSQL's own identity column."""

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)


def make_engine(url: str, *, pool_size: int = 10) -> Engine:
    """An engine whose sessions speak UTC; statements that hang for a minute are cut."""
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=10,
        pool_pre_ping=True,
        json_serializer=partial(json.dumps, ensure_ascii=False),
        connect_args={"options": "-c timezone=UTC -c statement_timeout=60000", "application_name": "sayso"},
    )


@lru_cache(maxsize=1)
def get_engine() -> Engine:
    """This process's engine."""
    return make_engine(database_url(get_settings()))


@lru_cache(maxsize=1)
def session_factory() -> sessionmaker[Session]:
    """Makes sessions that keep their objects readable after the commit."""
    return sessionmaker(get_engine(), expire_on_commit=False)


@contextmanager
def transaction() -> Iterator[Session]:
    """One session, committed at the end, rolled back on any error.

    Whoever lost a race may roll back inside it and read what the winner stored.
    """
    with session_factory()() as session:
        yield session
        session.commit()
