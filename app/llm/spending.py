"""What was spent on the model today, by whom, and whether a limit is reached. Days are days in UTC."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BigInteger, column, select, table, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.llm.budgets import MICROS, Budget, Limit
from app.llm.faults import FaultKind, ModelFault
from app.llm.models import ABANDONED, ModelCall, ModelSpending, SpendingScope

ANEW = "the model is asked again from 00:00 UTC"
WHOSE = {
    SpendingScope.ALL: "for everything",
    SpendingScope.ACCOUNT: "for this account",
    SpendingScope.SENDER: "for this sender",
}

# Whose a message is stands in the database, so that no caller can forget to say it. The models of these
# tables live in a higher layer.
MESSAGES = table(
    "messages", column("id", BigInteger), column("account_id", BigInteger), column("conversation_id")
)
CONVERSATIONS = table("conversations", column("id"), column("handle_id", BigInteger))


@dataclass(frozen=True)
class Payer:
    """Whose limits a call counts against besides everybody's; None: nobody's, such as for a probe."""

    account_id: int | None = None
    handle_id: int | None = None


@dataclass(frozen=True)
class Spent:
    tokens: int
    cost_micros: int


def payer_of(session: Session, message_id: int | None) -> Payer:
    """The account and the sender of that message."""
    if message_id is None:
        return Payer()
    found = session.execute(
        select(MESSAGES.c.account_id, CONVERSATIONS.c.handle_id)
        .join(CONVERSATIONS, CONVERSATIONS.c.id == MESSAGES.c.conversation_id)
        .where(MESSAGES.c.id == message_id)
    ).first()
    return Payer(found.account_id, found.handle_id) if found else Payer()


def reached(session: Session, budget: Budget, payer: Payer, *, at: datetime) -> ModelFault | None:
    """The first limit that today's spending has reached, as the fault to end the call with."""
    if budget.is_unlimited:
        return None
    keys = list(_keys(payer.account_id, payer.handle_id))
    spent = _spent(session, keys, on=at.date())
    for scope, scope_id in keys:
        if sentence := _reached(budget.limits.of(scope), spent.get((scope, scope_id)), scope):
            return ModelFault(FaultKind.BUDGET, sentence)
    return None


def add_spending(session: Session, call: ModelCall, *, tokens: int, cost_micros: int) -> None:
    """Count this for everybody, and for the account and the sender of the call."""
    rows = [
        {
            "spent_on": call.spent_on,
            "scope": scope,
            "scope_id": scope_id,
            "tokens": tokens,
            "cost_micros": cost_micros,
        }
        for scope, scope_id in _keys(call.account_id, call.handle_id)
    ]
    added = insert(ModelSpending).values(rows)
    session.execute(
        added.on_conflict_do_update(
            index_elements=["spent_on", "scope", "scope_id"],
            set_={
                "tokens": ModelSpending.tokens + added.excluded.tokens,
                "cost_micros": ModelSpending.cost_micros + added.excluded.cost_micros,
            },
        )
    )


def release_overdue(session: Session, *, at: datetime) -> None:
    """Give back what calls reserved whose process died before it could settle them."""
    for call in session.scalars(select(ModelCall).where(ModelCall.reserved_until < at)):
        add_spending(session, call, tokens=-call.tokens, cost_micros=-call.cost_micros)
        call.outcome, call.tokens, call.cost_micros, call.reserved_until = ABANDONED, 0, 0, None


def spent_by_all(session: Session, *, at: datetime) -> Spent:
    """Today's spending, reservations included."""
    key = (SpendingScope.ALL, 0)
    return _spent(session, [key], on=at.date()).get(key, Spent(0, 0))


def limit_reached(session: Session, budget: Budget, *, at: datetime) -> str | None:
    """The sentence for the day's limit of all, once it is reached."""
    return _reached(budget.limits.all, spent_by_all(session, at=at), SpendingScope.ALL)


def _keys(account_id: int | None, handle_id: int | None) -> Iterator[tuple[SpendingScope, int]]:
    """Narrowest first: the sentence names the limit that concerns the fewest."""
    if handle_id is not None:
        yield SpendingScope.SENDER, handle_id
    if account_id is not None:
        yield SpendingScope.ACCOUNT, account_id
    yield SpendingScope.ALL, 0


def _spent(
    session: Session, keys: list[tuple[SpendingScope, int]], *, on: date
) -> dict[tuple[SpendingScope, int], Spent]:
    statement = select(ModelSpending).where(
        ModelSpending.spent_on == on, tuple_(ModelSpending.scope, ModelSpending.scope_id).in_(keys)
    )
    return {
        (row.scope, row.scope_id): Spent(row.tokens, row.cost_micros) for row in session.scalars(statement)
    }


def _reached(limit: Limit, spent: Spent | None, scope: SpendingScope) -> str | None:
    if limit.tokens is not None and (spent.tokens if spent else 0) >= limit.tokens:
        return f"Today's limit of {limit.tokens:,} tokens {WHOSE[scope]} is reached; {ANEW}."
    if limit.cost_micros is not None and (spent.cost_micros if spent else 0) >= limit.cost_micros:
        return (
            f"Today's limit of {limit.cost_micros / MICROS:,.2f} of cost {WHOSE[scope]} is reached; {ANEW}."
        )
    return None
