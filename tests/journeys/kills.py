"""One message through, while one of our processes dies at a named point of the path."""

import itertools
import signal

from tests.journeys.clients import MARK, Clients
from tests.journeys.promises import assert_promises_hold
from tests.journeys.running import Process, RunningSayso

# Compensation needs the signature of an agent and of Legal.
LATE = "70 minutes late on the 17:05. How do I claim compensation?"
OF_WEB = ("intake", "edit", "sign_off")
numbers = itertools.count(1)


def survive(sayso: RunningSayso, point: str, *, network_knows_keys: bool) -> None:
    """Kill there, restart, and find the message answered once, in the words that were signed."""
    external_id = f"killed-at-{point}-{next(numbers)}"
    sayso.sandbox.settings(idempotency_keys=network_knows_keys)
    victim = _victim(sayso, point)
    died_before = len(victim.deaths)
    clients = Clients(sayso)
    if point.startswith("sign_off"):  # the signature that matters most: the one that queues the posting
        clients.arm_before_last_signature = point
    else:
        victim.arm(point)

    words = clients.see_through(clients.hand_in(LATE, external_id=external_id))
    clients.see_through_restart(victim)

    assert victim.deaths[died_before:] == [-signal.SIGKILL]
    assert not victim.is_armed
    assert words.endswith(MARK)
    assert [post.text for post in sayso.replies_to(external_id)] == [words]
    assert_promises_hold(sayso, handed_in={external_id})


def _victim(sayso: RunningSayso, point: str) -> Process:
    return sayso.web if point.startswith(OF_WEB) else sayso.worker
