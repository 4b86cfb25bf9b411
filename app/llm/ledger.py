"""One row per model call: reserved before asking, settled afterwards, each in a transaction of its own.

So the row stays whatever becomes of the draft, and workers that ask at once see each other's reservations.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from prometheus_client import Counter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.core.database import transaction
from app.llm.budgets import Budget
from app.llm.faults import FaultKind, ModelFault, Usage
from app.llm.models import ASKING, ModelCall
from app.llm.spending import Payer, add_spending, payer_of, reached, release_overdue

LEDGER_LOCK = 7_301_142  # of PostgreSQL's advisory locks
UNCOUNTABLE = "The model has a limit, and what was spent today cannot be read."

UNRECORDED = Counter("sayso_model_calls_unrecorded_total", "Model calls whose row could not be written.")
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Call:
    """One call before it is made."""

    model: str
    prompt: str
    prompt_version: str
    message_id: int | None
    is_probe: bool
    expected: Usage
    longest: timedelta  # it has ended after that, or whoever makes it is dead
    called_at: datetime


@dataclass(frozen=True)
class Ending:
    """How it ended."""

    outcome: str
    detail: str | None
    usage: Usage  # what it counts for
    latency_ms: int


class Ledger(Protocol):
    def reserve(self, call: Call) -> int | None:
        """The row's id, None where none could be written. Raises `ModelFault` (budget) at a limit."""

    def settle(self, row_id: int | None, ending: Ending) -> None: ...

    def note(self, call: Call, fault: ModelFault) -> None:
        """Record a call that was not made."""


class NoLedger:
    """Keeps nothing: for measuring without a database."""

    def reserve(self, call: Call) -> int | None:
        return None

    def settle(self, row_id: int | None, ending: Ending) -> None:
        """Nothing was reserved."""

    def note(self, call: Call, fault: ModelFault) -> None:
        """Nothing is recorded."""


class DatabaseLedger:
    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def reserve(self, call: Call) -> int | None:
        """Without limits, a database that refuses the row costs the row and not the draft: it is logged and
        counted. With limits, what cannot be counted is not asked."""
        try:
            with transaction() as session:
                _one_after_the_other(session)
                release_overdue(session, at=call.called_at)
                payer = payer_of(session, call.message_id)
                fault = reached(session, self._budget, payer, at=call.called_at)
                row_id = self._reserved(session, call, payer) if fault is None else None
        except SQLAlchemyError:
            _say_unrecorded(call)
            if self._budget.is_unlimited:
                return None
            fault = ModelFault(FaultKind.BUDGET, UNCOUNTABLE)
        if fault is not None:
            self.note(call, fault)
            raise fault
        return row_id

    def settle(self, row_id: int | None, ending: Ending) -> None:
        """Count what was spent in place of what was reserved."""
        if row_id is None:
            return
        try:
            with transaction() as session:
                _one_after_the_other(session)
                self._settle(session, session.get_one(ModelCall, row_id), ending)
        except SQLAlchemyError:
            UNRECORDED.inc()
            log.exception("model_call_unrecorded", outcome=ending.outcome)

    def note(self, call: Call, fault: ModelFault) -> None:
        if call.is_probe:
            return  # one comes every few seconds while a model is away
        try:
            with transaction() as session:
                row = _row(call, payer_of(session, call.message_id))
                row.outcome, row.detail = fault.kind.value, fault.detail
                session.add(row)
        except SQLAlchemyError:
            _say_unrecorded(call)

    def _reserved(self, session: Session, call: Call, payer: Payer) -> int:
        row = _row(call, payer)
        row.outcome, row.reserved_until = ASKING, call.called_at + call.longest
        row.tokens = call.expected.total
        row.cost_micros = self._budget.prices.cost_micros(call.expected)
        add_spending(session, row, tokens=row.tokens, cost_micros=row.cost_micros)
        session.add(row)
        session.flush()
        return row.id

    def _settle(self, session: Session, row: ModelCall, ending: Ending) -> None:
        tokens, cost = ending.usage.total, self._budget.prices.cost_micros(ending.usage)
        add_spending(session, row, tokens=tokens - row.tokens, cost_micros=cost - row.cost_micros)
        row.tokens, row.cost_micros, row.reserved_until = tokens, cost, None
        row.input_tokens, row.output_tokens = ending.usage.input_tokens, ending.usage.output_tokens
        row.is_estimated = ending.usage.is_estimated
        row.outcome, row.detail, row.latency_ms = ending.outcome, ending.detail, ending.latency_ms


def _one_after_the_other(session: Session) -> None:
    """Reading what is spent and reserving more is one act: until it is committed, nobody else reads."""
    session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LEDGER_LOCK})


def _row(call: Call, payer: Payer) -> ModelCall:
    """As for a call that was not made."""
    return ModelCall(
        model=call.model,
        prompt=call.prompt,
        prompt_version=call.prompt_version,
        message_id=call.message_id,
        account_id=payer.account_id,
        handle_id=payer.handle_id,
        spent_on=call.called_at.date(),
        tokens=0,
        cost_micros=0,
        is_estimated=False,
        latency_ms=0,
        called_at=call.called_at,
    )


def _say_unrecorded(call: Call) -> None:
    UNRECORDED.inc()
    log.exception("model_call_unrecorded", prompt=call.prompt, message_id=call.message_id)
