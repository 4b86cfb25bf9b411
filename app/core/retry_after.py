"""How long a server asks to be left alone."""

from datetime import datetime
from email.utils import parsedate_to_datetime


def retry_after(header: str | None, *, at: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110: a number or a date); None if it says neither."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)  # any number of digits: infinity is longer than anybody waits
    try:
        date = parsedate_to_datetime(header)
        return max(0.0, (date - at).total_seconds()) if date.tzinfo else None
    except (ValueError, OverflowError):  # no date, or one that no calendar holds
        return None
