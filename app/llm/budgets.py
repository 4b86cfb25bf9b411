"""How many tokens and how much money the model may take on one day (UTC), and what a call costs."""

from dataclasses import dataclass
from math import ceil

from app.core.settings import Settings
from app.llm.faults import FaultKind, Usage
from app.llm.models import SpendingScope
from app.llm.prompts import RenderedPrompt

CHARACTERS_PER_TOKEN = 4  # of English; other languages take more tokens, so configure an endpoint that counts
SENDER_SHARE = 10  # without a limit of their own, one sender gets a tenth of what everybody has
MICROS = 1_000_000

# What an endpoint does not charge for: it did not take the question, or failed over it.
NOT_CHARGED = frozenset(
    {FaultKind.UNREACHABLE, FaultKind.RATE_LIMITED, FaultKind.FAILED, FaultKind.REJECTED, FaultKind.TOO_LONG}
)


@dataclass(frozen=True)
class Limit:
    """None: no limit."""

    tokens: int | None = None
    cost_micros: int | None = None

    def share(self) -> "Limit":
        """The part of this that one sender gets."""
        tokens, cost = self.tokens, self.cost_micros
        return Limit(tokens and ceil(tokens / SENDER_SHARE), cost and ceil(cost / SENDER_SHARE))


NO_LIMIT = Limit()


@dataclass(frozen=True)
class Prices:
    """For a million tokens, in the currency of the cost limits."""

    input: float = 0.0
    output: float = 0.0

    def cost_micros(self, usage: Usage) -> int:
        return ceil((usage.input_tokens or 0) * self.input + (usage.output_tokens or 0) * self.output)


@dataclass(frozen=True)
class Limits:
    all: Limit = NO_LIMIT
    account: Limit = NO_LIMIT  # of each account
    sender: Limit = NO_LIMIT  # of each customer's handle

    def of(self, scope: SpendingScope) -> Limit:
        return {
            SpendingScope.ALL: self.all,
            SpendingScope.ACCOUNT: self.account,
            SpendingScope.SENDER: self.sender,
        }[scope]


@dataclass(frozen=True)
class Budget:
    limits: Limits = Limits()
    prices: Prices = Prices()

    @property
    def is_unlimited(self) -> bool:
        return self.limits == Limits()


def budget_of(settings: Settings) -> Budget:
    """What the settings allow. A sender without a limit gets a share of the others' limits."""
    everybody = _limit(settings.llm_tokens_per_day, settings.llm_cost_per_day)
    account = _limit(settings.llm_account_tokens_per_day, settings.llm_account_cost_per_day)
    share = _smaller(everybody, account).share()
    sender = Limit(
        share.tokens if settings.llm_sender_tokens_per_day is None else settings.llm_sender_tokens_per_day,
        share.cost_micros
        if settings.llm_sender_cost_per_day is None
        else _micros(settings.llm_sender_cost_per_day),
    )
    return Budget(
        Limits(everybody, account, sender), Prices(settings.llm_input_price, settings.llm_output_price)
    )


def expected_usage(prompt: RenderedPrompt, *, max_tokens: int) -> Usage:
    """The most that a call is expected to take; reserved before it is made."""
    return Usage(_estimated(prompt.system + prompt.user), max_tokens, is_estimated=True)


def counted_usage(usage: Usage, prompt: RenderedPrompt, *, answer: str) -> Usage:
    """As the endpoint counted, and estimated where it did not."""
    asked, answered = usage.input_tokens, usage.output_tokens
    return Usage(
        _estimated(prompt.system + prompt.user) if asked is None else asked,
        _estimated(answer) if answered is None else answered,
        is_estimated=usage.is_estimated or asked is None or answered is None,
    )


def usage_of_fault(kind: FaultKind, usage: Usage, prompt: RenderedPrompt) -> Usage:
    """What a call that gave nothing may have been charged for: its question, unless it was not taken."""
    if kind in NOT_CHARGED and usage == Usage():
        return Usage(0, 0)
    return counted_usage(usage, prompt, answer="")


def _limit(tokens: int | None, cost: float | None) -> Limit:
    return Limit(tokens, None if cost is None else _micros(cost))


def _micros(amount: float) -> int:
    return round(amount * MICROS)


def _smaller(one: Limit, other: Limit) -> Limit:
    return Limit(_least(one.tokens, other.tokens), _least(one.cost_micros, other.cost_micros))


def _least(one: int | None, other: int | None) -> int | None:
    known = [limit for limit in (one, other) if limit is not None]
    return min(known, default=None)


def _estimated(text: str) -> int:
    return ceil(len(text) / CHARACTERS_PER_TOKEN)
