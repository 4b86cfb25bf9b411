"""Whether this copy lives and can work. Public: it tells nothing about anybody."""

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from app.core.clock import utc_now
from app.core.database import transaction
from app.core.settings import get_settings
from app.core.workers import Worker, live_workers
from app.http.problems import DATABASE_GONE
from app.llm.budgets import budget_of
from app.llm.spending import limit_reached

router = APIRouter(tags=["operation"])
Model = Literal["answered", "missing", "unknown"]


class Health(BaseModel):
    status: Literal["alive"] = "alive"


class Readiness(BaseModel):
    """What is there to work with, and a sentence for each thing that is not."""

    ready: bool
    workers: int
    index_entries: int
    model: Model
    problems: list[str]
    remarks: list[str] = []  # what is not as it should be although messages are drafted


@router.get("/healthz")
def tell_health() -> Health:
    """This process lives."""
    return Health()


@router.get(
    "/readyz", responses={503: {"model": Readiness, "description": "Not ready; `problems` says why."}}
)
def tell_readiness(response: Response) -> Readiness:
    """Ready once a worker lives that has the index and knows whether the model answers."""
    readiness = _readiness()
    if not readiness.ready:
        response.status_code = 503
    return readiness


def _readiness() -> Readiness:
    try:
        with transaction() as session:
            readiness = readiness_of(live_workers(session, at=utc_now()))
            limit = limit_reached(session, budget_of(get_settings()), at=utc_now())
            return readiness.model_copy(update={"remarks": [limit] if limit else []})
    except DATABASE_GONE:
        problem = "The database does not answer."
        return Readiness(ready=False, workers=0, index_entries=0, model="unknown", problems=[problem])


def readiness_of(workers: list[Worker]) -> Readiness:
    able = [worker for worker in workers if worker.index_entries > 0 and worker.model != "unknown"]
    return Readiness(
        ready=bool(able),
        workers=len(workers),
        index_entries=max((worker.index_entries for worker in workers), default=0),
        model=_model(workers),
        problems=[] if able else _problems(workers),
    )


def _model(workers: list[Worker]) -> Model:
    said = {worker.model for worker in workers}
    if "answered" in said:
        return "answered"
    return "missing" if "missing" in said else "unknown"


def _problems(workers: list[Worker]) -> list[str]:
    if not workers:
        return ["No worker is running."]
    problems = []
    if not any(worker.index_entries for worker in workers):
        problems.append("The index of the FAQ is empty. Import it with: sayso kb import")
    if not any(worker.model != "unknown" for worker in workers):
        problems.append("No worker has heard from the model yet.")
    return problems or ["No worker has both the index and an answer from the model yet."]
