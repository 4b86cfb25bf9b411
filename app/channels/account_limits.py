"""Where one account differs from its network's rules: an instance's limits, a paid plan, its own policy."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.channels.network_rules import NetworkRules, Place, rules_for
from app.core.errors import InvalidInput

Count = Annotated[int, Field(gt=0, le=100_000)]
THREADS_CAN_BE_POSTED = False  # delivery posts one text; it must learn to post the rest before this is True


class UnusableLimits(InvalidInput):
    title = "These limits cannot be used"


class AccountLimits(BaseModel):
    """Empty for nearly every account. None: as the network says."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    public_limit: Count | None = None  # in the unit of the network's public place
    private_limit: Count | None = None
    link_length: Count | None = None  # Mastodon: characters_reserved_per_url of the instance
    split_into_thread: bool = False  # whether a text that is too long may become several posts


NO_LIMITS = AccountLimits()


def read_limits(network: str, stated: dict[str, Any]) -> AccountLimits:
    """Raises `UnusableLimits` for what the network's rules leave no room for."""
    try:
        limits = AccountLimits.model_validate(stated)
    except ValidationError as error:
        problem = error.errors()[0]
        name = ".".join(str(part) for part in problem["loc"])
        raise UnusableLimits(f"{name}: {problem['msg']}. Fields: {_fields()}.") from error
    if fault := _fault(rules_for(network), limits):
        raise UnusableLimits(fault)
    return limits


def _fault(rules: NetworkRules, limits: AccountLimits) -> str | None:
    for place, limit in ((Place.PUBLIC, limits.public_limit), (Place.PRIVATE, limits.private_limit)):
        found = rules.places.get(place)
        if limit is not None and found is None:
            return f"Nothing on {rules.name} is {place}, so there is no {place}_limit."
        if limit is not None and found is not None and not found.configurable:
            return f"The limit of a {found.called} on {rules.name} is the same for every account."
    if limits.link_length is not None and not rules.link_length_configurable:
        return f"What a link counts on {rules.name} is the same for every account."
    if limits.split_into_thread and not rules.thread.possible:
        return f"{rules.name} has no threads: {rules.thread.note}"
    if limits.split_into_thread and not THREADS_CAN_BE_POSTED:
        return (
            "Sayso can split a text into a thread but cannot post one yet, so split_into_thread stays false. "
            "A text that is too long is shortened at sentence ends or goes to a person."
        )
    return None


def _fields() -> str:
    return ", ".join(AccountLimits.model_fields)
