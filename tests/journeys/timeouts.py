"""A network that takes every post and then falls silent, and what a worker makes of it."""

from app.core import jobs
from tests.journeys.approved import approve, wait_until_sent
from tests.journeys.promises import assert_promises_hold, doubles, posts_in
from tests.journeys.running import RunningSayso

SILENT = "timeout_after_accept"
MOST_JOBS_PER_REPLY = 4  # to post, to look, to look again, and once for a sweep that came in between
SLOW_READ_BACK_SECONDS = 1.5  # longer than until delivery's first look, shorter than until its second


def post_through_silence(
    sayso: RunningSayso,
    *,
    replies: int,
    keys: bool,
    read_back_is_slow: bool = False,
    silence_seconds: float = 0.05,
) -> int:
    """Each first call is accepted and never answered; in the end each reply is out once.

    Returns how many calls met the silence.
    """
    before, jobs_before = len(sayso.sandbox.ledger()), count_jobs()
    sayso.sandbox.settings(
        mode=SILENT,
        next_n=replies,
        timeout_seconds=silence_seconds,
        idempotency_keys=keys,
        read_back_delay_seconds=SLOW_READ_BACK_SECONDS if read_back_is_slow else 0,
    )
    written = approve(replies, named=f"silent-{before}")

    wait_until_sent(written)

    lines = sayso.sandbox.ledger(after=before)
    assert len(posts_in(lines)) == replies
    assert doubles(lines) == ()
    assert_promises_hold(sayso, handed_in=written)
    assert count_jobs() - jobs_before <= MOST_JOBS_PER_REPLY * replies
    met = len([line for line in lines if line.get("mode") == SILENT])
    assert met == replies
    return met


def count_jobs() -> int:
    return len(jobs.client().list_workflows(name="post_reply", load_input=False))
