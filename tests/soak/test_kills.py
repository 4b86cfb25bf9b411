"""Five kills at every named point, and an hour's worth of random ones."""

from collections.abc import Callable

import pytest

from app.core.crash_points import POINTS
from tests.journeys.kills import survive
from tests.journeys.load import answer_under_kills
from tests.journeys.running import RunningSayso

pytestmark = pytest.mark.soak
Prove = Callable[[str, str], None]
ROUNDS = 5
MESSAGES = 150
KILLS = 40


@pytest.mark.parametrize("point", POINTS)
def test_five_kills_at_a_point_lose_and_double_nothing(sayso: RunningSayso, point: str, prove: Prove) -> None:
    """Every second time on a network that knows no idempotency keys."""
    for number in range(ROUNDS):
        survive(sayso, point, network_knows_keys=number % 2 == 1)

    prove(f"`kill -9` at `{point}`", f"{ROUNDS} kills: 0 lost, 0 double, 0 unapproved")


def test_many_kills_at_random_under_load_lose_and_double_nothing(sayso: RunningSayso, prove: Prove) -> None:
    done = answer_under_kills(sayso, messages=MESSAGES, kills=KILLS)

    prove(
        "`kill -9` of web or worker at random moments under load",
        f"{done.kills} kills, {done.messages} messages: 0 lost, 0 double, 0 unapproved",
    )
    prove(
        "Ledger against database, both ways", f"{done.posts} posts: all signed, all recorded, none imagined"
    )
