"""What can go wrong with a model, by name."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    MISSING = "missing"  # no model is configured
    SKIPPED = "skipped"  # it failed several times in a row and is left alone for a while
    UNREACHABLE = "unreachable"  # no connection
    BROKEN_OFF = "broken_off"  # the connection ended in the middle
    TIMED_OUT = "timed_out"  # no whole answer in time
    RATE_LIMITED = "rate_limited"  # 429, and waiting was too long or did not help
    FAILED = "failed"  # 5xx
    REJECTED = "rejected"  # any other status: key, address or request are not accepted
    TOO_LARGE = "too_large"  # more bytes than any answer may have
    NO_COMPLETION = (
        "no_completion"  # an answer, but no chat completion: a login page, a stream, half an object
    )
    BUDGET = "budget"  # a limit of tokens or money is reached for today; nothing was asked
    TOO_LONG = "too_long"  # the endpoint finds this question too long
    MALFORMED = "malformed"  # not the JSON that was asked for
    WRONG_SCHEMA = "wrong_schema"  # JSON, but not of the form that was asked for
    EMPTY = "empty"  # no text
    CUT_OFF = "cut_off"  # it ran into the limit of tokens
    REFUSED = "refused"  # the model declined
    FILTERED = "filtered"  # the endpoint's content filter


# The model is not there, as opposed to: it said something of no use.
ABSENCE = frozenset(
    {
        FaultKind.MISSING,
        FaultKind.SKIPPED,
        FaultKind.UNREACHABLE,
        FaultKind.BROKEN_OFF,
        FaultKind.TIMED_OUT,
        FaultKind.RATE_LIMITED,
        FaultKind.FAILED,
        FaultKind.REJECTED,
        FaultKind.TOO_LARGE,
        FaultKind.NO_COMPLETION,
        FaultKind.BUDGET,
    }
)

# It is there and answers, but with nothing that can be used. A refusal is not among them: it depends on what
# the customer wrote, and so one customer could take the model from the others.
USELESS = frozenset({FaultKind.MALFORMED, FaultKind.WRONG_SCHEMA, FaultKind.EMPTY, FaultKind.CUT_OFF})


@dataclass(frozen=True)
class Usage:
    """Tokens of one call; None where the endpoint did not count them."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    is_estimated: bool = False

    @property
    def total(self) -> int:
        return (self.input_tokens or 0) + (self.output_tokens or 0)


class ModelFault(Exception):
    """A call that gave nothing usable. `detail` is for people and never holds the key or anybody's text."""

    def __init__(
        self,
        kind: FaultKind,
        detail: str,
        *,
        usage: Usage | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail
        self.usage = usage or Usage()
        self.retry_after_seconds = retry_after_seconds  # as the endpoint asked, else None

    @property
    def is_absence(self) -> bool:
        return self.kind in ABSENCE
