"""The time, read at the edges only and passed inwards as `at`."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The present moment, timezone-aware, in UTC."""
    return datetime.now(UTC)
