"""The only place where the length of a reply is measured: each network's limit, counted its own way.

Limits are data (networks.yaml); each network's rules.py counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from app.channels.bluesky import rules as bluesky
from app.channels.counting import utf8_bytes
from app.channels.email import rules as email
from app.channels.facebook import rules as facebook
from app.channels.instagram import rules as instagram
from app.channels.mastodon import rules as mastodon
from app.channels.messenger import rules as messenger
from app.channels.whatsapp import rules as whatsapp
from app.channels.x import rules as x
from app.core.errors import InvalidInput

LENGTHS: dict[str, Callable[[str], int]] = {
    "x": x.length,
    "facebook": facebook.length,
    "instagram": instagram.length,
    "messenger": messenger.length,
    "whatsapp": whatsapp.length,
    "bluesky": bluesky.length,
    "mastodon": mastodon.length,
    "email": email.length,
}


class UnknownNetwork(InvalidInput):
    title = "There is no such network"


class ChannelRules(BaseModel):
    """What one network accepts as the text of one reply, and where that is written."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    limit: int | None  # None: the network sets none
    unit: str
    byte_limit: int | None = None  # of the text in UTF-8, besides `limit`
    source: str
    checked_on: date
    note: str


@dataclass(frozen=True)
class Measure:
    """The length of one text on one network, in that network's unit."""

    length: int
    limit: int | None
    unit: str
    too_long: bool


def rules_for(network: str) -> ChannelRules:
    rules = _load().get(network)
    if rules is None:
        raise UnknownNetwork(f"{network} is not one of {', '.join(LENGTHS)}.")
    return rules


def measure(network: str, text: str) -> Measure:
    """The length of exactly this text as the network counts it. Linear time, safe on any string."""
    rules = rules_for(network)
    length = LENGTHS[network](text)
    too_long = rules.limit is not None and length > rules.limit
    if rules.byte_limit is not None and utf8_bytes(text) > rules.byte_limit:
        too_long = True
    return Measure(length, rules.limit, rules.unit, too_long)


@lru_cache(maxsize=1)
def _load() -> dict[str, ChannelRules]:
    text = Path(__file__).with_name("networks.yaml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, ChannelRules]).validate_python(yaml.safe_load(text))
