"""Whatever dies at whatever moment: nothing is lost, nothing is posted twice, nothing goes out unapproved."""

import pytest

from app.core.crash_points import POINTS
from tests.journeys.kills import survive
from tests.journeys.load import answer_under_kills
from tests.journeys.running import RunningSayso


@pytest.mark.parametrize("point", POINTS)
def test_a_process_killed_at_a_named_point_loses_and_doubles_nothing(sayso: RunningSayso, point: str) -> None:
    survive(sayso, point, network_knows_keys=False)


def test_processes_killed_at_random_under_load_lose_and_double_nothing(sayso: RunningSayso) -> None:
    answer_under_kills(sayso, messages=30, kills=5)
