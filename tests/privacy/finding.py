"""One way to ask what is found in these tests."""

from app.privacy.detecting import private_spans
from app.privacy.spans import Kind


def found(text: str) -> list[tuple[Kind, str]]:
    """Each private value with its kind, as it is written in the text."""
    return [(span.kind, text[span.start : span.end]) for span in private_spans(text)]


def values(text: str, kind: Kind) -> list[str]:
    """The normal forms of one kind."""
    return [span.value for span in private_spans(text) if span.kind is kind]
