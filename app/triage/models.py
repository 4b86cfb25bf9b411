"""The first judgement of a message, and who corrected it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, HasId


class Route(StrEnum):
    DRAFT = "draft"  # an approved answer fits
    HUMAN = "human"  # a person decides


class TriageDecision(HasId, Base):
    __tablename__ = "triage_decisions"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    route: Mapped[Route]
    topic: Mapped[str | None]
    urgency: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str]  # one sentence for the page
    candidates: Mapped[list[Any]] = mapped_column(default=list)  # what retrieval found: triage/candidates.py
    threshold: Mapped[float | None]  # the score from which on a candidate counted as an answer
    orders: Mapped[list[Any]] = mapped_column(default=list)  # to the machine: triage/orders_noticed.py
    decided_at: Mapped[datetime]
    corrected_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    corrected_at: Mapped[datetime | None]
