"""The append-only record. What is not in it did not happen; what is in it is never changed."""

import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TypeVar

from pydantic import ValidationError

from sandbox.events import EVENT, Event, Line, TornLineSetAside

L = TypeVar("L", bound=Line)


class LedgerInUse(Exception):
    """Another process writes this ledger; two would give the same numbers twice."""


class LedgerDamaged(Exception):
    """A line other than the last cannot be read. A person must look; nothing is skipped."""


class Ledger:
    """Lines on disk before anybody is told, in one file that only ever grows."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "ledger.jsonl"
        self.lines: list[bytes] = []
        self._lock = Lock()
        self._file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._claim()
        self.history = self._read()

    def append(self, line: L) -> L:
        """Number the line, write it and wait until the disk has it."""
        with self._lock:
            numbered = line.model_copy(update={"seq": len(self.lines) + 1})
            written = numbered.model_dump_json().encode() + b"\n"
            self._write(written)
            self.lines.append(written)
            return numbered

    def after(self, seq: int) -> bytes:
        """The lines numbered above `seq`, as they stand in the file."""
        return b"".join(self.lines[max(seq, 0) :])

    def close(self) -> None:
        os.close(self._file)

    def _claim(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise LedgerInUse(f"another sandbox network already writes {self.path}") from None

    def _write(self, written: bytes) -> None:
        size = os.fstat(self._file).st_size
        try:
            left = memoryview(written)
            while left:
                left = left[os.write(self._file, left) :]
            os.fsync(self._file)
        except OSError:
            # A full disk leaves half a line; the next line must not be glued to it.
            os.ftruncate(self._file, size)
            raise

    def _read(self) -> list[Event]:
        *whole, torn = self.path.read_bytes().split(b"\n")
        events: list[Event] = []
        for number, written in enumerate(whole, start=1):
            try:
                event = EVENT.validate_json(written)
            except ValidationError as error:
                if number == len(whole) and not torn:
                    torn = written + b"\n"
                    break
                raise LedgerDamaged(f"{self.path}:{number}: {error}") from error
            if event.seq != number:
                raise LedgerDamaged(f"{self.path}:{number}: holds line {event.seq}")
            events.append(event)
            self.lines.append(written + b"\n")
        if torn:
            events.append(self._set_aside(torn))
        return events

    def _set_aside(self, torn: bytes) -> TornLineSetAside:
        with (self.path.parent / "ledger.torn").open("ab") as kept:
            kept.write(torn.rstrip(b"\n") + b"\n")
            kept.flush()
            os.fsync(kept.fileno())
        os.ftruncate(self._file, sum(map(len, self.lines)))
        return self.append(TornLineSetAside(at=datetime.now(UTC), size_bytes=len(torn)))
