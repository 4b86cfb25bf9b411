"""What every encoder agrees on: which texts it takes, and how it says that it is not there."""

from app.core.errors import ServiceError

LONGEST_TEXT = 8_000  # characters; the bundled model reads 256 tokens, about 1,200 characters


class EncoderUnavailable(ServiceError):
    status = 503
    title = "The text encoder is not there"


def readable(text: str) -> str:
    """The text without what no tokeniser or database takes: NUL, lone surrogates, endless length."""
    start = text[:LONGEST_TEXT].replace("\0", " ")
    return start.encode("utf-8", "replace").decode("utf-8")
