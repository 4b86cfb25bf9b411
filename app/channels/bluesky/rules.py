"""The length of a post on Bluesky, in graphemes; limits and source stand in networks.yaml."""

from app.channels.counting import graphemes


def length(text: str) -> int:
    return graphemes(text)
