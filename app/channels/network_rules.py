"""What the networks' rules say, read strictly from networks.yaml: every fact with its source and date."""

from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, model_validator

from app.channels.units import Unit
from app.core.errors import InvalidInput


class UnknownNetwork(InvalidInput):
    title = "There is no such network"


class Place(StrEnum):
    """Where on a network something is written; the values of conversations' visibility."""

    PUBLIC = "public"
    PRIVATE = "private"


Named = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(gt=0)]
# YAML gives words; strict validation takes only members.
PlaceName = Annotated[Place, BeforeValidator(Place)]
UnitName = Annotated[Unit, BeforeValidator(Unit)]


class Fact(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    source: Named
    checked_on: date


class PlaceRules(Fact):
    """What may be the text of one reply at this place."""

    called: Named
    limit: Count | None  # None: the network sets none
    unit: UnitName
    byte_limit: Count | None = None  # of the text in UTF-8, besides `limit`
    configurable: bool = False  # an account may have another limit
    note: str


class Window(Fact):
    """Until when a reply is taken."""

    place: PlaceName
    opened_by: Named
    hours: Count | None  # None: without end
    replies: Count | None  # how many are taken; None: any number
    otherwise: Named  # what happens and what to do outside it


class Possibility(Fact):
    possible: bool
    note: str


class NetworkRules(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: Named
    link_length: Count | None  # what every link counts; None: as many as it has
    link_length_configurable: bool = False  # an account's server may say otherwise
    places: dict[PlaceName, PlaceRules]
    windows: list[Window]
    thread: Possibility  # a text split into posts that answer one another
    edit: Possibility
    delete: Possibility
    idempotency: Possibility  # whether the network recognises a second try

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if not self.places:
            raise ValueError("a network needs a place")
        if strangers := [window.place for window in self.windows if window.place not in self.places]:
            raise ValueError(f"a window names the place {strangers[0]}, which the network does not have")
        if self.link_length_configurable and self.link_length is None:
            raise ValueError("only a link length that is stated can be configured")
        return self

    def at(self, place: str | None) -> PlaceRules:
        """The rules of that place; of the first where the network has no such place or none is asked for."""
        first = next(iter(self.places.values()))
        return first if place is None else self.places.get(Place(place), first)


def rules_for(network: str) -> NetworkRules:
    rules = all_rules().get(network)
    if rules is None:
        raise UnknownNetwork(f"{network} is not one of {', '.join(all_rules())}.")
    return rules


@lru_cache(maxsize=1)
def all_rules() -> dict[str, NetworkRules]:
    """Every network's rules by its name."""
    text = Path(__file__).with_name("networks.yaml").read_text(encoding="utf-8")
    return read_rules(text)


def read_rules(text: str) -> dict[str, NetworkRules]:
    """Raises `ValidationError` for a field too many, one missing, or a fact without source or date."""
    return TypeAdapter(dict[str, NetworkRules]).validate_python(yaml.safe_load(text))
