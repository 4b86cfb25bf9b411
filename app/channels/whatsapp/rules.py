"""The length of a message on WhatsApp; limit and source stand in networks.yaml."""

from app.channels.counting import utf16_units


def length(text: str) -> int:
    return utf16_units(text)
