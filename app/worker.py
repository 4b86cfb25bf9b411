"""The worker process: executes durable work, says that it lives, and takes over what dead workers left."""

import os
import signal
import sys
import threading
from datetime import datetime

import structlog
from dbos import DBOS
from sqlalchemy import Connection, text

import app.workflows  # noqa: F401 -- registers the workflows
from app.core import jobs, workers
from app.core.clock import utc_now
from app.core.database import get_engine, transaction
from app.core.settings import Settings, get_settings
from app.delivery.sweep import queue_stranded
from app.embeddings.encoder import get_encoder
from app.llm.gateway import get_gateway
from app.retrieval.matching import current_index
from app.review.forgotten import queue_forgotten

BEAT_SECONDS = 3.0
POLL_SECONDS = 0.1  # how soon queued work is seen
CONCURRENCY = {jobs.ANSWERING: 4, jobs.POSTING: 4}
ID_LOCK = 5_061_744
log = structlog.get_logger()


class Worker:
    """One worker with its stable id. Two live ones with one id would run work twice, so a lock forbids it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._started_at = utc_now()
        self._stopping = threading.Event()
        self._model = "unknown"

    def run(self) -> None:
        with get_engine().connect() as connection:
            self._claim_id(connection)
            get_encoder()
            DBOS(config=jobs.engine_config(self._settings))
            DBOS.launch()
            for name, concurrency in CONCURRENCY.items():
                DBOS.register_queue(
                    name,
                    worker_concurrency=concurrency,
                    polling_interval_sec=POLL_SECONDS,
                    on_conflict="always_update",
                )
            threading.Thread(target=self._probe_model, name="model-probe", daemon=True).start()
            while not self._stopping.wait(BEAT_SECONDS if self._beat() else 1.0):
                pass
            DBOS.destroy(workflow_completion_timeout_sec=10)

    def stop(self, *_: object) -> None:
        self._stopping.set()

    def _claim_id(self, connection: Connection) -> None:
        taken = connection.execute(
            text("SELECT NOT pg_try_advisory_lock(:lock, hashtext(:id))"),
            {"lock": ID_LOCK, "id": self._settings.worker_id},
        ).scalar_one()
        connection.commit()
        if taken:
            log.error("worker.id_taken", id=self._settings.worker_id, do="Set SAYSO_WORKER_ID to another id")
            sys.exit(75)

    def _beat(self) -> bool:
        """Say that we live and look after what others left. True once this worker can work."""
        now = utc_now()
        with transaction() as session:
            entries = len(current_index(session).versions)
            workers.beat(
                session,
                self._settings.worker_id,
                started_at=self._started_at,
                at=now,
                index_entries=entries,
                model=self._model,
            )
            queue_stranded(session, at=now)
            queue_forgotten(session, at=now)
            dead = workers.dead_workers(session, at=now)
        self._take_over(dead, at=now)
        return entries > 0 and self._model != "unknown"

    def _take_over(self, dead: list[str], *, at: datetime) -> None:
        for worker_id in dead:
            left = jobs.client().list_workflows(status="PENDING", executor_id=worker_id, load_input=False)
            for workflow in left:
                log.info("worker.takes_over", workflow=workflow.workflow_id, of=worker_id)
                jobs.client().resume_workflow(workflow.workflow_id)

    def _probe_model(self) -> None:
        while not self._stopping.is_set():
            self._model = get_gateway().probe()
            self._stopping.wait(30.0 if self._model == "answered" else 5.0)


def main() -> None:
    worker = Worker(get_settings())
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    log.info("worker.starts", id=get_settings().worker_id, pid=os.getpid())
    worker.run()


if __name__ == "__main__":
    main()
