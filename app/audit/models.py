"""The record of decisions. A trigger in the database forbids changing or deleting a row."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base


class AuditRecord(Base):
    """One decision, chained to the one before it by hash."""

    __tablename__ = "audit_records"

    number: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False
    )  # 1, 2, 3 without gaps
    at: Mapped[datetime]
    actor: Mapped[str]  # a person's handle, or "sayso" for the machine
    action: Mapped[str]
    subject: Mapped[str]  # such as draft:7
    detail: Mapped[dict[str, Any]]
    previous_hash: Mapped[str]
    hash: Mapped[str]
