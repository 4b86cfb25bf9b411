"""The length of a post on Mastodon, in graphemes; limit and source stand in networks.yaml."""

import re

from app.channels.counting import graphemes

LINK = re.compile(r"https?://\S+", re.IGNORECASE)
LINK_LENGTH = 23
DISTANT_MENTION = re.compile(r"(?<![\w/])(@\w{1,30})@[\w.-]{1,253}\w")


def length(text: str) -> int:
    """A link counts 23 whatever its length; of a mention on another server only the name counts."""
    linked = LINK.sub("x" * LINK_LENGTH, text)
    return graphemes(DISTANT_MENTION.sub(r"\1", linked))
