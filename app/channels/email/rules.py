"""The length of an e-mail; limit and source stand in networks.yaml."""

from app.channels.counting import code_points


def length(text: str) -> int:
    return code_points(text)
