"""Whether there is a text, and whether the network takes all of it."""

from app.channels.network_rules import Place
from app.channels.rules import measure
from app.checks.checked_text import CheckedText, Finding, blocked, passed
from app.checks.folding import fold


def check_length(checked: CheckedText) -> Finding:
    place = Place.PUBLIC if checked.public else Place.PRIVATE
    size = measure(checked.network, checked.text, place=place, limits=checked.limits)
    if not size.too_long:
        limit = "without a limit" if size.limit is None else f"of {size.limit:,}"
        return passed("length", f"{size.length:,} {limit} {size.unit} on {checked.network}.")
    if size.limit is not None and size.length > size.limit:
        over = size.length - size.limit
        return blocked(
            "length",
            f"{over:,} {size.unit} too long: {size.length:,} of {size.limit:,} on {checked.network}.",
        )
    return blocked(
        "length", f"Too many bytes for {checked.network}: letters with marks and emoji take several each."
    )


def check_not_empty(checked: CheckedText) -> Finding:
    if fold(checked.text):
        return passed("not_empty", "There is a text.")
    return blocked("not_empty", "There is no text to send.")
