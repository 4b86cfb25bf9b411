"""What in a message looks like orders to the machine, kept with its triage so that its page can mark it.

It is shown to people. Nothing else depends on it: orders are harmless because nothing follows them.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from app.checks.orders import orders_in
from app.embeddings.encoder import Encoder
from app.triage.models import TriageDecision


class Where(StrEnum):
    MESSAGE = "message"
    NAME = "name"  # of whoever wrote it


@dataclass(frozen=True)
class OrderNoticed:
    where: Where
    words: str  # as they stand there


def notice_orders(text: str, *, author: str, encoder: Encoder | None) -> tuple[OrderNoticed, ...]:
    """The parts of a message, and of its author's name, that look like orders; () in the ordinary case."""
    found = (
        (Where.MESSAGE, orders_in(text, encoder=encoder)),
        (Where.NAME, orders_in(author, encoder=encoder)),
    )
    return tuple(OrderNoticed(where, words) for where, orders in found for words in orders.words)


def as_rows(noticed: tuple[OrderNoticed, ...]) -> list[dict[str, Any]]:
    """As a decision keeps them."""
    return [asdict(one) for one in noticed]


def orders_of(decision: TriageDecision | None) -> tuple[OrderNoticed, ...]:
    """What was noticed when the message was judged; () before that."""
    rows = decision.orders if decision else []
    return tuple(OrderNoticed(Where(row["where"]), row["words"]) for row in rows)
