"""How this network behaves, and misbehaves."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

LONGEST_WAIT_SECONDS = 86_400.0


class Mode(StrEnum):
    NORMAL = "normal"
    TIMEOUT_AFTER_ACCEPT = "timeout_after_accept"  # stored, then silence until the connection drops
    RATE_LIMITED = "rate_limited"  # 429, not stored
    SERVER_ERROR = "server_error"  # 500; stored only when stored_on_error says so
    RESET = "reset"  # TCP reset, not stored
    RESET_AFTER_ACCEPT = "reset_after_accept"  # stored, then TCP reset


Seconds = Annotated[float, Field(ge=0, le=LONGEST_WAIT_SECONDS, allow_inf_nan=False)]
WholeSeconds = Annotated[int, Field(ge=0, le=86_400)]
Count = Annotated[int, Field(ge=1, le=1_000_000)]


class Settings(BaseModel):
    """One immutable set; every change is a line in the ledger."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Mode = Mode.NORMAL
    # How many of the next writes (post, edit, delete) the mode concerns; None means until changed.
    # Without meaning while the mode is normal.
    next_n: Count | None = None
    # Sent as Retry-After with a 429; None leaves the header out.
    retry_after_seconds: WholeSeconds | None = 1
    # How long an accepted request stays unanswered under timeout_after_accept.
    timeout_seconds: Seconds = 30.0
    stored_on_error: bool = False
    read_back_delay_seconds: Seconds = 0.0
    idempotency_keys: bool = True
    edit: bool = True
    delete: bool = True
    # Read-back shows links as short links, as X does.
    mangle_links: bool = False
    # Read-back shows text as HTML paragraphs, as Mastodon does.
    html: bool = False

    @property
    def stores_before_failing(self) -> bool:
        if self.mode is Mode.SERVER_ERROR:
            return self.stored_on_error
        return self.mode in {Mode.TIMEOUT_AFTER_ACCEPT, Mode.RESET_AFTER_ACCEPT}

    def changed_by(self, change: Self) -> Self:
        """What `change` names replaces what is here; a mode named without a count has none."""
        named = {name: getattr(change, name) for name in change.model_fields_set}
        if "mode" in named:
            named.setdefault("next_n", None)
        return self.model_copy(update=named)

    def after_one_more(self) -> Self:
        """The settings that remain once one more write has met the mode."""
        if self.next_n is None:
            return self
        if self.next_n == 1:
            return self.model_copy(update={"mode": Mode.NORMAL, "next_n": None})
        return self.model_copy(update={"next_n": self.next_n - 1})
