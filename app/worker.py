"""The worker process: executes durable work, says that it lives, and takes over what dead workers left."""

import os
import signal
import sys
import threading
import time
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
from app.llm.endpoint import ModelKind
from app.llm.gateway import get_gateway
from app.retrieval.listening import Listening
from app.retrieval.live_index import live_index
from app.review.forgotten import queue_forgotten

BEAT_SECONDS = 3.0
MODEL_LOADS_SECONDS = 20.0
WATCH_MODEL_SECONDS = 5.0
POLL_SECONDS = 0.25  # how soon queued work is seen; polling costs processor time also when idle
CONCURRENCY = {jobs.ANSWERING: 8, jobs.POSTING: 8}  # at most this many are taken at each poll
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
            Listening(live_index().refresh).start()
            self._wait_for_model()
            DBOS(config=jobs.engine_config(self._settings))
            DBOS.launch()
            for name, concurrency in CONCURRENCY.items():
                DBOS.register_queue(
                    name,
                    worker_concurrency=concurrency,
                    polling_interval_sec=POLL_SECONDS,
                    on_conflict="always_update",
                )
            self._wait_for_index()
            threading.Thread(target=self._watch_model, name="model-watch", daemon=True).start()
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
        present = live_index().present  # not waiting for a newer one: who falls silent is taken for dead
        entries = len(present.published) if present else 0
        with transaction() as session:
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
            if not left:
                with transaction() as session:
                    workers.forget(session, worker_id, at=at)

    def _wait_for_index(self) -> None:
        """Before the first heartbeat: who takes over others' work must be able to do it."""
        while live_index().present is None and not self._stopping.wait(0.1):
            pass

    def _wait_for_model(self) -> None:
        """Give the bundled model, which starts beside us, time to load: drafts before it are poorer."""
        gateway, deadline = get_gateway(), time.monotonic() + MODEL_LOADS_SECONDS
        while gateway.kind is ModelKind.BUNDLED and not gateway.is_reachable():
            if time.monotonic() > deadline or self._stopping.wait(0.2):
                break
        self._model = gateway.probe()

    def _watch_model(self) -> None:
        """Notice within seconds when the model goes or comes back; ask it for words only when it does."""
        gateway = get_gateway()
        while not self._stopping.wait(WATCH_MODEL_SECONDS):
            if self._model == "missing" or gateway.has_failed() or not gateway.is_reachable():
                self._model = gateway.probe()


def main() -> None:
    worker = Worker(get_settings())
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    log.info("worker.starts", id=get_settings().worker_id, pid=os.getpid())
    worker.run()


if __name__ == "__main__":
    main()
