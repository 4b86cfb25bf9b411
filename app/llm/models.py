"""The record of model calls: one row each, whatever became of it."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, HasId


class ModelCall(HasId, Base):
    __tablename__ = "model_calls"

    model: Mapped[str]
    prompt: Mapped[str]
    prompt_version: Mapped[str]
    message_id: Mapped[int | None] = mapped_column(BigInteger, index=True)  # what it was for
    input_tokens: Mapped[int | None]
    output_tokens: Mapped[int | None]
    latency_ms: Mapped[int]
    outcome: Mapped[str]  # answered, or the name of the fault
    detail: Mapped[str | None]
    called_at: Mapped[datetime]
