"""The length of a reply on X; limit and source stand in networks.yaml."""

from app.channels.x.counting import weighted_length


def length(text: str) -> int:
    return weighted_length(text)
