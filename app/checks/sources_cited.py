"""Whether anything approved stands behind a text at all."""

from app.checks.checked_text import CheckedText, Finding, passed, warned

NAME = "sources_cited"


def check_sources_cited(checked: CheckedText) -> Finding:
    if any(source.strip() for source in checked.sources):
        return passed(NAME, "An approved answer stands behind this text.")
    return warned(NAME, "No approved answer stands behind this text.")
