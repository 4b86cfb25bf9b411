"""One line of the queue: whose message, what is the matter with it, whom it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.conversations.models import NO_ANSWERS
from app.drafting.models import DraftStatus
from app.review.queries import QueueRow

EXCERPT = 220


@dataclass(frozen=True)
class Flag:
    """What is out of the ordinary; the symbol stands beside the words."""

    name: str
    symbol: str
    words: str
    why: str


@dataclass(frozen=True)
class QueueLine:
    row: QueueRow
    excerpt: str
    flag: Flag | None
    first_reply_id: int | None  # the draft to open where it is not the answer


def queue_lines(rows: Sequence[QueueRow]) -> list[QueueLine]:
    return [
        QueueLine(
            row,
            _excerpt(row.text),
            flag_of(row),
            row.draft_id if row.draft_purpose in NO_ANSWERS else None,
        )
        for row in rows
    ]


def flag_of(row: QueueRow) -> Flag | None:
    """A first reply, no draft, an uncertain delivery or a draft that came back; else None."""
    if row.draft_purpose in NO_ANSWERS:
        return Flag("first", "◔", "first reply", "It is not the answer: the message stays open")
    if row.draft_id is None:
        return Flag("none", "○", "no draft", row.reason or "Nobody has said why yet")
    if row.draft_status is DraftStatus.APPROVED:
        return Flag("uncertain", "?", "posted or not?", row.reason or "Look at the network")
    if row.reason:
        return Flag("back", "↩", "came back", row.reason)
    return None


def _excerpt(text: str) -> str:
    one_line = " ".join(text[: EXCERPT * 2].split())
    return one_line if len(one_line) <= EXCERPT else f"{one_line[:EXCERPT]}…"
