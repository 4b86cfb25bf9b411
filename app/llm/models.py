"""The record of model calls, one row each, whatever became of it; and what they spent, day by day."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, HasId

ASKING = "asking"  # under way; its tokens are reserved
ANSWERED = "answered"
ABANDONED = "abandoned"  # whoever asked died; its reservation was released


class ModelCall(HasId, Base):
    __tablename__ = "model_calls"
    __table_args__ = (
        Index(
            "ix_model_calls_reserved", "reserved_until", postgresql_where=text("reserved_until IS NOT NULL")
        ),
    )

    model: Mapped[str]
    prompt: Mapped[str]
    prompt_version: Mapped[str]
    message_id: Mapped[int | None] = mapped_column(BigInteger, index=True)  # what it was for
    account_id: Mapped[int | None] = mapped_column(BigInteger)  # the message's
    handle_id: Mapped[int | None] = mapped_column(BigInteger)  # who sent the message
    input_tokens: Mapped[int | None]
    output_tokens: Mapped[int | None]
    is_estimated: Mapped[bool]  # the endpoint did not count, so characters were
    spent_on: Mapped[date]  # the day in UTC that it counts for
    tokens: Mapped[int] = mapped_column(BigInteger)  # that it counts for; reserved ones while it is under way
    cost_micros: Mapped[int] = mapped_column(BigInteger)  # millionths of the currency of the prices
    reserved_until: Mapped[datetime | None]  # while it is under way; later, whoever asked has died
    latency_ms: Mapped[int]
    outcome: Mapped[str]  # asking, answered, abandoned, or the name of the fault
    detail: Mapped[str | None]
    called_at: Mapped[datetime]


class SpendingScope(StrEnum):
    """Whose spending a limit bounds."""

    ALL = "all"
    ACCOUNT = "account"
    SENDER = "sender"


class ModelSpending(Base):
    """What was spent and reserved on one day, by all, by one account, for one sender."""

    __tablename__ = "model_spending"

    spent_on: Mapped[date] = mapped_column(primary_key=True)  # UTC
    scope: Mapped[SpendingScope] = mapped_column(primary_key=True)
    scope_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)  # 0 for all
    tokens: Mapped[int] = mapped_column(BigInteger)
    cost_micros: Mapped[int] = mapped_column(BigInteger)
