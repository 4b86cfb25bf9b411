"""Numbers for Prometheus: counts from the database, durations of this process. No words, no names."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.conversations.models import Direction, Message
from app.core.clock import utc_now
from app.core.database import transaction
from app.core.settings import get_settings
from app.delivery.models import Delivery
from app.drafting.models import Draft
from app.http.timing import REGISTRY
from app.llm.budgets import MICROS, budget_of
from app.llm.models import ASKING, ModelCall
from app.llm.spending import limit_reached, spent_by_all
from app.review.queries import queue_count
from app.staff.models import Role

router = APIRouter(tags=["operation"])


class FromDatabase:
    """What prometheus_client asks for its numbers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def collect(self) -> Iterator[Metric]:
        inbound = select(func.count()).where(Message.direction == Direction.INBOUND)
        received = self._session.execute(inbound).scalar_one()
        yield CounterMetricFamily("sayso_messages_received", "Customers' messages stored.", value=received)
        waiting = GaugeMetricFamily("sayso_queue_length", "Messages that wait for a role.", labels=["role"])
        for role in (Role.AGENT, Role.LEGAL, Role.EXPERT, Role.LEAD):
            waiting.add_metric([role], queue_count(self._session, role=role))
        yield waiting
        drafts = GaugeMetricFamily("sayso_drafts", "Drafts by status.", labels=["status"])
        yield self._by_word(drafts, select(Draft.status, func.count()).group_by(Draft.status))
        deliveries = GaugeMetricFamily("sayso_deliveries", "Deliveries by status.", labels=["status"])
        yield self._by_word(deliveries, select(Delivery.status, func.count()).group_by(Delivery.status))
        calls = CounterMetricFamily("sayso_model_calls", "Model calls by outcome.", labels=["outcome"])
        ended = select(ModelCall.outcome, func.count()).where(ModelCall.outcome != ASKING)
        yield self._by_word(calls, ended.group_by(ModelCall.outcome))
        yield from self._spent_today()

    def _spent_today(self) -> Iterator[Metric]:
        spent = spent_by_all(self._session, at=utc_now())
        yield GaugeMetricFamily("sayso_model_tokens_today", "Tokens since 00:00 UTC.", value=spent.tokens)
        cost = spent.cost_micros / MICROS
        yield GaugeMetricFamily(
            "sayso_model_cost_today", "Cost by the prices set, since 00:00 UTC.", value=cost
        )
        told = limit_reached(self._session, budget_of(get_settings()), at=utc_now())
        yield GaugeMetricFamily(
            "sayso_model_limit_reached", "1 while the day's limit of all is reached.", value=int(bool(told))
        )

    def _by_word(self, family: GaugeMetricFamily | CounterMetricFamily, counted: Select[Any, int]) -> Metric:
        for word, count in self._session.execute(counted):
            family.add_metric([word], count)
        return family


@router.get("/metrics", response_class=Response)
def read_metrics() -> Response:
    """Prometheus text."""
    registry = CollectorRegistry()
    with transaction() as session:
        registry.register(FromDatabase(session))
        counted = generate_latest(registry) + generate_latest(REGISTRY)
    return Response(counted, media_type=CONTENT_TYPE_LATEST)
