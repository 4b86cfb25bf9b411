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


class _Word(Enum):
    """A StrEnum kept as text with a check, so that adding a word needs no type migration."""

    inherit_cache = True
    cache_ok = True

    def __init__(self, *enums: Any, **kwargs: Any) -> None:
        kwargs |= {"native_enum": False, "length": 40, "values_callable": lambda words: [w.value for w in words]}
        super().__init__(*enums, **kwargs)


class Base(DeclarativeBase):
    """Declarative base: UTC times, words as checked text, JSON as JSONB."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: DateTime(timezone=True),
        StrEnum: _Word(StrEnum),
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
def _sessions() -> sessionmaker[Session]:
    return sessionmaker(get_engine(), expire_on_commit=False)


@contextmanager
def transaction() -> Iterator[Session]:
    """One session, committed at the end, rolled back on any error."""
    with _sessions().begin() as session:
        yield session
