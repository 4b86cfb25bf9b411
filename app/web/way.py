"""Where to go after a decision: on to the next in the queue, with a line that says what happened."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.conversations.models import Message
from app.review.queries import QueueRow, review_queue
from app.staff.models import Person, Role
from app.web.forms import Queue

LOOK_AHEAD = 50


class Done(StrEnum):
    """What a person just did; the value travels in the address, the sentence is ours."""

    SIGNED = "signed"
    APPROVED = "approved"
    HELD = "held"
    EDITED = "edited"
    REJECTED = "rejected"
    IGNORED = "ignored"
    WRITTEN = "written"
    ACKNOWLEDGED = "acknowledged"
    CORRECTED = "corrected"
    DELETION = "deletion"
    FOUND = "found"
    NOT_FOUND = "not-found"
    MATCH_CONFIRMED = "match-confirmed"
    MATCH_SWAPPED = "match-swapped"
    NO_WORDING = "no-wording"
    NONE_FITS = "none-fits"
    MATCH_WITHDRAWN = "match-withdrawn"
    STOPPED = "stopped"
    RESUMED = "resumed"


SENTENCES = {
    Done.SIGNED: "Signed. It waits for a further signature.",
    Done.APPROVED: "Signed. It was the last signature needed: the reply is on its way.",
    Done.HELD: "Signed. Everybody has signed; it leaves when sending is resumed.",
    Done.EDITED: "Saved as a new revision. Signatures given before are void.",
    Done.REJECTED: "Rejected. Nothing of it will be sent.",
    Done.IGNORED: "Ignored, with your reason. The customer gets no answer.",
    Done.WRITTEN: "Your answer waits for its signatures.",
    Done.ACKNOWLEDGED: "The first reply waits for its signatures. The message stays open.",
    Done.CORRECTED: "Your correction waits for its signatures.",
    Done.DELETION: "The deletion waits for its signatures.",
    Done.FOUND: "Recorded as posted.",
    Done.NOT_FOUND: "Recorded as not posted. The draft has to be signed again.",
    Done.MATCH_CONFIRMED: "Match confirmed.",
    Done.MATCH_SWAPPED: "Answer swapped. Read the new draft; signatures given before are void.",
    Done.NO_WORDING: "Noted. Its approved answer cannot be offered here; please answer in your own words.",
    Done.NONE_FITS: "None fits. Please answer in your own words.",
    Done.MATCH_WITHDRAWN: "Taken back. Nothing is learned from it; the draft stays as it is.",
    Done.STOPPED: "Sending is stopped. Nothing leaves until somebody resumes it.",
    Done.RESUMED: "Sending is on again. What waited is on its way.",
}


@dataclass(frozen=True)
class Place:
    """Where one stands in the queue."""

    next: QueueRow | None
    waiting: str  # how many, or that there are more than anybody counts on this page


def own_queue(person: Person) -> Queue:
    """The queue somebody works through unless they choose another."""
    answers = person.roles & {Role.AGENT, Role.LEAD}
    return Queue.LEGAL if Role.LEGAL in person.roles and not answers else Queue.AGENT


def place_in_queue(session: Session, queue: Queue, *, after_message_id: int | None) -> Place:
    """What comes after this message; from the end, or when it is not among the first, the top."""
    rows = review_queue(session, role=queue.role, limit=LOOK_AHEAD)
    at = next((i for i, row in enumerate(rows) if row.message_id == after_message_id), -1)
    others = rows[at + 1 :] + rows[: max(at, 0)]
    waiting = "1 waits" if len(rows) == 1 else f"{len(rows)}{'+' if len(rows) == LOOK_AHEAD else ''} wait"
    return Place(others[0] if others else None, waiting)


def conversation_address(
    conversation_id: int,
    *,
    message_id: int | None = None,
    queue: Queue,
    done: Done | None = None,
    was: int = 0,
) -> str:
    asked = {
        "message": message_id,
        "role": queue.value,
        "done": done.value if done else None,
        "was": was or None,
    }
    return f"/conversations/{conversation_id}?{urlencode({k: v for k, v in asked.items() if v is not None})}"


def on_to_the_next(session: Session, message: Message, *, queue: Queue, done: Done) -> Response:
    """The next one that waits in this queue, or the empty queue."""
    session.flush()
    following = place_in_queue(session, queue, after_message_id=message.id).next
    was = message.conversation_id
    if following is None:
        return RedirectResponse(f"/queue?role={queue.value}&done={done.value}&was={was}", 303)
    address = conversation_address(
        following.conversation_id, message_id=following.message_id, queue=queue, done=done, was=was
    )
    return RedirectResponse(address, 303)


def stay(conversation_id: int, message_id: int | None, *, queue: Queue, done: Done) -> Response:
    """The same conversation, as it is now."""
    return RedirectResponse(
        conversation_address(conversation_id, message_id=message_id, queue=queue, done=done), 303
    )
