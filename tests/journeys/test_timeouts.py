"""A time-out after the network accepted is never an invitation to post again."""

from pathlib import Path

import httpx
import pytest

from app.channels.sandbox.outbound import CALL_SECONDS
from app.core.database import transaction
from tests.journeys.promises import find_broken
from tests.journeys.running import RunningSayso
from tests.journeys.timeouts import SILENT, post_through_silence
from tests.sandbox_process import SandboxProcess, start_sandbox


@pytest.mark.parametrize("read_back_is_slow", [False, True])
@pytest.mark.parametrize("keys", [True, False])
def test_posts_that_are_accepted_in_silence_are_not_repeated(
    sayso: RunningSayso, keys: bool, read_back_is_slow: bool
) -> None:
    post_through_silence(sayso, replies=20, keys=keys, read_back_is_slow=read_back_is_slow)


def test_posts_whose_answer_outlasts_our_patience_are_not_repeated(sayso: RunningSayso) -> None:
    post_through_silence(sayso, replies=4, keys=False, silence_seconds=CALL_SECONDS + 1)


def test_the_same_count_shows_the_doubles_of_a_poster_that_tries_again_blindly(
    sayso: RunningSayso, tmp_path: Path
) -> None:
    """The control: were the count blind, every other proof here would be worth nothing."""
    sandbox = start_sandbox(tmp_path)
    try:
        targets = [f"control-{number}" for number in range(20)]
        for target in targets:
            post_blindly(sandbox, target)

        with transaction() as session:
            broken = find_broken(session, sandbox.ledger(), handed_in=targets)
    finally:
        sandbox.stop()

    assert broken.double == tuple(targets)
    assert broken.lost == tuple(sorted(targets))
    assert len(broken.unapproved) == len(broken.unrecorded) == 2 * len(targets)


def post_blindly(sandbox: SandboxProcess, target: str) -> None:
    """What must never be done: a time-out taken for a failure, and the post sent again without a key."""
    sandbox.settings(mode=SILENT, next_n=1, timeout_seconds=0.05)
    for _ in range(2):
        try:
            sandbox.publish("The last boat leaves at 21:40.", in_reply_to=target).raise_for_status()
        except httpx.TransportError:
            continue
        return
