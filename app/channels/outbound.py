"""What every network's outbound side promises, and the three ways in which a call can fail.

Whatever is neither accepted nor clearly refused is `Unknown`: the post may be out there. It is
never tried again blindly; only `find_post`, or the network's own idempotency key, resolves it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Reply:
    """One post as it goes to the network, word for word."""

    channel: str
    account: str
    text: str
    in_reply_to: str | None
    is_private: bool
    recipient: str | None


class NotAccepted(Exception):
    """The network certainly did not take it. It may say after how many seconds to try again."""

    def __init__(self, detail: str, *, retry_after_seconds: float | None) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds


class Refused(Exception):
    """The network certainly did not take it and will not; a person decides."""


class Unknown(Exception):
    """Nobody can tell from the call whether the network took it."""


class Outbound(Protocol):
    def is_idempotent(self) -> bool:
        """Whether the network itself recognises a key it has seen. Raises `Unknown` if it cannot be asked."""

    def publish(self, reply: Reply, *, key: str) -> str:
        """Publish once per key and return the network's id of the new post."""

    def find_post(self, reply: Reply, *, since: datetime, known: frozenset[str]) -> str | None:
        """The id of our own post with these words under that target, if the network shows one.

        Posts in `known` are others of ours. Raises `Unknown` if the network cannot be read now.
        """

    def edit(self, external_id: str, text: str, *, key: str) -> None:
        """Replace the words of our post; doing it twice is the same as once."""

    def delete(self, external_id: str, *, key: str) -> None:
        """Take our post back; a post that is already gone is deleted."""
