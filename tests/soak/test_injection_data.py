"""Every public attack in every place before a model that obeys it."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests.conformance.test_injection_data import DATA, attacks, survive
from tests.hostile_places import Place
from tests.journeys.test_obedient_model import obedient
from tests.model_server import ModelServer

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not DATA.is_dir(), reason="the public data is not beside the checkout"),
]

__all__ = ["obedient"]  # the fixture


@pytest.mark.parametrize("place", list(Place))
def test_none_of_the_attacks_does_harm(
    demo_session: Session, obedient: ModelServer, place: Place, prove: Callable[[str, str], None]
) -> None:
    orders = attacks()
    assert len(orders) == 394

    ended = survive(demo_session, place, orders)

    assert len(ended) == len(orders)
    ready = sum(one.is_ready for one in ended)
    prove(
        f"{len(orders)} public attacks in the {place.value} before a model that obeys",
        f"0 posts, 0 signatures, 0 other routes; {ready} drafts ready: 0 foreign links, 0 hidden characters",
    )
