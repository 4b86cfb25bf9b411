"""What drafting is given and what it gives back."""

from dataclasses import dataclass

from app.checks.switch_ground import SwitchGround
from app.core.errors import ServiceError
from app.drafting.models import Strategy


class NoDraftPossible(ServiceError):
    """Not even the approved wording can be offered: a person writes the answer."""

    status = 422
    title = "No draft can be made"


@dataclass(frozen=True)
class Evidence:
    """One version of one FAQ entry that retrieval found."""

    entry_id: str
    version: int
    question: str
    answer: str
    public_short: str | None
    private_long: str | None
    score: float  # 0 to 1

    @property
    def approved_words(self) -> tuple[str, ...]:
        return tuple(words for words in (self.answer, self.public_short, self.private_long) if words)


@dataclass(frozen=True)
class DraftingTask:
    message_id: int | None  # None: no customer asked, as when variants are proposed
    customer_text: str
    network: str
    public: bool
    limit: int | None  # in the channel's own unit; None: no limit
    evidence: tuple[Evidence, ...]  # best first, never empty
    thread: tuple[str, ...]  # what was said before, oldest first
    recent_replies: tuple[str, ...] = ()  # what the account said in public lately, newest first


@dataclass(frozen=True)
class Proposal:
    text: str  # as it would be posted, signature included
    strategy: Strategy
    note: str | None  # a sentence for the reviewer
    evidence_used: tuple[str, ...]  # entry ids
    switch_ground: SwitchGround | None = None  # why it moves the customer to another channel
