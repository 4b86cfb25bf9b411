"""A file of byte strings by key, which is made anew when it cannot be read: it only saves time."""

import fcntl
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import structlog

logger = structlog.get_logger(__name__)
T = TypeVar("T")

Row = tuple[bytes, bytes]  # key, content

ASKED_AT_ONCE = 5_000  # keys; SQLite takes 32,766 parameters
BUSY_SECONDS = 60.0  # whoever writes holds the file for milliseconds
SIDE_FILES = ("", "-wal", "-shm")  # a log without its file would be played into the new one


class VectorFile:
    """Safe between threads and processes: each call opens the file and closes it again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, keys: Sequence[bytes]) -> list[Row]:
        """The rows of those keys that are there, in no order."""
        return self._on_whole_file(lambda connection: list(_selected(connection, keys))) if keys else []

    def write(self, rows: Sequence[Row]) -> None:
        """Keep these rows, in place of others with their keys. All of them or none."""
        self._on_whole_file(lambda connection: _insert(connection, rows))

    def _on_whole_file(self, use: Callable[[sqlite3.Connection], T]) -> T:
        try:
            with self._opened() as connection:
                return use(connection)
        except sqlite3.DatabaseError as error:
            if not _means_broken(error):
                raise
            self._make_anew(error)
        with self._opened() as connection:
            return use(connection)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=BUSY_SECONDS)) as connection:
            connection.execute("PRAGMA page_size = 8192")  # five vectors of 384 numbers; only for a new file
            connection.execute("PRAGMA journal_mode = WAL")  # readers never wait for a writer
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)"
            )
            yield connection

    def _make_anew(self, error: sqlite3.DatabaseError) -> None:
        """Delete the broken file, unless another process has just done so."""
        with self._path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self._is_whole():
                return
            logger.warning("vectors_made_anew", file=str(self._path), why=str(error))
            for side in SIDE_FILES:
                Path(f"{self._path}{side}").unlink(missing_ok=True)

    def _is_whole(self) -> bool:
        try:
            with self._opened() as connection:
                found: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            if not _means_broken(error):
                raise
            return False
        return found == "ok"


def _selected(connection: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[Row]:
    for start in range(0, len(keys), ASKED_AT_ONCE):
        part = keys[start : start + ASKED_AT_ONCE]
        marks = ",".join("?" * len(part))
        yield from connection.execute(
            f"SELECT key, vector FROM vectors WHERE key IN ({marks})",  # noqa: S608 -- question marks only
            part,
        )


def _insert(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    with connection:
        connection.executemany("INSERT OR REPLACE INTO vectors (key, vector) VALUES (?, ?)", rows)


def _means_broken(error: sqlite3.DatabaseError) -> bool:
    """Not a full disk, a missing right or a long wait: those are for people."""
    return error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
