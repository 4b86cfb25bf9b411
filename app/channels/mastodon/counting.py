"""How a Mastodon server counts a post: graphemes, with links and distant mentions made short.

Like the server, which shortens only what it will show as a link: one with http:// or https:// on a domain
that exists. Where its own reading of a link goes on longer than ours, the rest counts in full, so that we
may count too much and never too little.
"""

import regex

from app.channels.counting import graphemes
from app.channels.x.link_parts import LATIN_ACCENTS, PROTOCOL
from app.channels.x.links import links_in

LINK_LENGTH = 23
LONGEST_DOMAIN = 253

DISTANT_MENTION = regex.compile(
    r"(?<![=/\w])(?P<name>@[a-z0-9_]++(?:[.-]++[a-z0-9_]++)*+)@(?P<server>\w++(?:[.-]++\w++)*+)"
    rf"(?![@\uff20{LATIN_ACCENTS}]|://)",
    regex.IGNORECASE,
)


def counted_length(text: str, *, link_length: int = LINK_LENGTH) -> int:
    """A link counts `link_length`, which an instance may set; of a distant mention only the name counts."""
    return graphemes(as_counted(text, link_length=link_length))


def as_counted(text: str, *, link_length: int) -> str:
    parts = []
    position = 0
    for link in links_in(text):
        if PROTOCOL.match(text, link.start):
            parts += [_with_near_mentions(text[position : link.start]), "x" * link_length]
            position = link.end
    return "".join([*parts, _with_near_mentions(text[position:])])


def _with_near_mentions(text: str) -> str:
    return DISTANT_MENTION.sub(_name, text)


def _name(mention: regex.Match[str]) -> str:
    return mention["name"] if len(mention["server"]) <= LONGEST_DOMAIN else mention.group()
