"""The length of a message on Instagram; limit and source stand in networks.yaml."""

from app.channels.counting import utf8_bytes


def length(text: str) -> int:
    return utf8_bytes(text)
