"""The length of a comment on Facebook; limit and source stand in networks.yaml."""

from app.channels.counting import code_points


def length(text: str) -> int:
    return code_points(text)
