"""One row per model call, in a transaction of its own so that it stays whatever becomes of the draft."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from prometheus_client import Counter
from sqlalchemy.exc import SQLAlchemyError

from app.core.database import transaction
from app.llm.faults import Usage
from app.llm.models import ModelCall

ANSWERED = "answered"

UNRECORDED = Counter("sayso_model_calls_unrecorded_total", "Model calls whose row could not be written.")
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class CallRecord:
    model: str
    prompt: str
    prompt_version: str
    message_id: int | None
    usage: Usage
    latency_ms: int
    outcome: str  # answered, or the name of the fault
    detail: str | None
    called_at: datetime


def record_call(call: CallRecord) -> None:
    """Write the row. A database that refuses it costs the row and not the draft: it is logged and counted."""
    row = ModelCall(
        model=call.model,
        prompt=call.prompt,
        prompt_version=call.prompt_version,
        message_id=call.message_id,
        input_tokens=call.usage.input_tokens,
        output_tokens=call.usage.output_tokens,
        latency_ms=call.latency_ms,
        outcome=call.outcome,
        detail=call.detail,
        called_at=call.called_at,
    )
    try:
        with transaction() as session:
            session.add(row)
    except SQLAlchemyError:
        UNRECORDED.inc()
        log.exception("model_call_unrecorded", outcome=call.outcome, message_id=call.message_id)
