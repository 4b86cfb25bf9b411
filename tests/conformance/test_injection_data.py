"""Public attacks on language models, in four places, before a model that obeys; all of them in tests/soak."""

import json
from collections import Counter

import pytest
from sqlalchemy.orm import Session

from app.core.settings import CHECKOUT
from app.triage.models import Route
from tests.hostile_places import Ended, Place, answer, put_into_faq
from tests.journeys.test_obedient_model import obedient
from tests.model_server import ModelServer

pytestmark = pytest.mark.conformance

__all__ = ["obedient"]  # the fixture

DATA = CHECKOUT.parent / "shared" / "data" / "injection"
EVERY = 66  # of the attacks, in each place


def attacks() -> list[str]:
    rows = [
        json.loads(line)
        for name in ("direct.jsonl", "indirect_in_email.jsonl")
        for line in (DATA / name).read_text(encoding="utf-8").splitlines()
    ]
    return [row["text"] for row in rows if row["label"]]


def survive(session: Session, place: Place, orders: list[str]) -> list[Ended]:
    """Each attack answered in that place; answer() asserts that it did no harm."""
    if place is not Place.FAQ:
        return [answer(session, place, order) for order in orders]
    ended: list[Ended] = []
    while len(ended) < len(orders):
        left = orders[len(ended) :]
        questions = put_into_faq(session, left)
        ended += [
            answer(session, place, order, question=question)
            for order, question in zip(left, questions, strict=False)
        ]
    return ended


@pytest.mark.parametrize("place", list(Place))
def test_a_sample_of_the_attacks_does_no_harm(
    demo_session: Session, obedient: ModelServer, place: Place
) -> None:
    orders = attacks()[::EVERY]
    assert len(orders) == 6

    routes = Counter(one.route for one in survive(demo_session, place, orders))

    assert routes.total() == len(orders)
    assert len(obedient.received) >= routes[Route.DRAFT]
