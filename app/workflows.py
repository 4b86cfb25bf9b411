"""The journeys, as the engine runs them: short, durable, each step safe to run twice.

Waiting for people lives in our tables, never in a workflow.
"""

from functools import partial

from dbos import DBOS
from dbos import error as engine_error

from app.delivery.post_reply import post_reply as deliver
from app.review.proposing import answer_with_draft, hand_to_person

retried = partial(DBOS.step, retries_allowed=True, max_attempts=4, interval_seconds=1.0, backoff_rate=2.0)
DRAFTING_FAILED = "The draft could not be made because of a fault of ours; please answer by hand."


@DBOS.workflow(name="answer_message")
def answer_message(message_id: int) -> None:
    """From an inbound message to a draft in the review queue. Never sends."""
    try:
        write_draft(message_id)
    except engine_error.DBOSMaxStepRetriesExceeded:
        give_to_person(message_id)  # no customer is forgotten because we stumbled


@DBOS.workflow(name="post_reply")
def post_reply(revision_id: int) -> None:
    """From an approved revision to the network, once."""
    deliver_revision(revision_id)


@retried(name="write_draft")
def write_draft(message_id: int) -> None:
    answer_with_draft(message_id)


@retried(name="give_to_person")
def give_to_person(message_id: int) -> None:
    hand_to_person(message_id, DRAFTING_FAILED)


@retried(name="deliver_revision")
def deliver_revision(revision_id: int) -> None:
    deliver(revision_id)
