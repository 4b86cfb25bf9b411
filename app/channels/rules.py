"""The only place where the length of a reply is measured: each network's limit, counted its own way.

Limits are data (networks.yaml), and where an account differs, its own (account_limits.py).
"""

from dataclasses import dataclass

from app.channels.account_limits import NO_LIMITS, AccountLimits
from app.channels.counting import utf8_bytes
from app.channels.mastodon.counting import LINK_LENGTH, counted_length
from app.channels.network_rules import Place, PlaceRules, UnknownNetwork, all_rules, rules_for
from app.channels.units import COUNTERS

__all__ = ["NETWORKS", "Measure", "UnknownNetwork", "measure", "rules_for"]

NETWORKS = tuple(all_rules())
MASTODON = "mastodon"


@dataclass(frozen=True)
class Measure:
    """The length of one text on one network, in that network's unit."""

    length: int
    limit: int | None
    unit: str
    too_long: bool


def measure(
    network: str, text: str, *, place: str | None = None, limits: AccountLimits = NO_LIMITS
) -> Measure:
    """The length of exactly this text as the network counts it. Linear time, safe on any string.

    `place` is public or private; without it, or where the network has one place only, its first one
    stands. `limits` are the account's own, where it has any.
    """
    rules = rules_for(network).at(place)
    limit = _limit(network, rules, limits)
    length = _length(network, rules, text, limits)
    too_long = limit is not None and length > limit
    if rules.byte_limit is not None and utf8_bytes(text) > rules.byte_limit:
        too_long = True
    return Measure(length, limit, rules.unit, too_long)


def _limit(network: str, rules: PlaceRules, limits: AccountLimits) -> int | None:
    is_public = rules is rules_for(network).places.get(Place.PUBLIC)
    own = limits.public_limit if is_public else limits.private_limit
    return rules.limit if own is None else own


def _length(network: str, rules: PlaceRules, text: str, limits: AccountLimits) -> int:
    if network == MASTODON:
        return counted_length(text, link_length=limits.link_length or LINK_LENGTH)
    return COUNTERS[rules.unit](text)
