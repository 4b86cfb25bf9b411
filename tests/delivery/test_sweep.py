"""A lost job is found; a job that merely waits its turn is not queued again."""

from app.core import jobs
from app.core.clock import utc_now
from app.core.database import transaction
from app.delivery.sweep import queue_stranded
from tests.delivery.conftest import Posting


def test_what_waits_its_turn_is_not_queued_again(posting: Posting) -> None:
    for _ in range(3):
        posting.approved()

    with transaction() as session:
        stranded = queue_stranded(session, at=utc_now())

    assert stranded == []
    assert len(waiting_jobs()) == 3


def test_what_lost_its_job_is_queued_again(posting: Posting) -> None:
    revision_ids = [posting.approved() for _ in range(3)]
    for job in waiting_jobs():
        jobs.client().cancel_workflow(job)

    with transaction() as session:
        stranded = queue_stranded(session, at=utc_now())

    assert stranded == revision_ids
    assert len(waiting_jobs()) == 3


def waiting_jobs() -> list[str]:
    waiting = jobs.client().list_workflows(status="ENQUEUED", name="post_reply", load_input=False)
    return [job.workflow_id for job in waiting]
