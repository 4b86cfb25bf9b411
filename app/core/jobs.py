"""Durable work on DBOS: a job is enqueued by name, in the transaction of the change that wants it.

Nothing is queued by a transaction that does not commit, and nothing that commits forgets to queue.
"""

from functools import lru_cache

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions
from sqlalchemy.orm import Session

from app.core.database import get_engine
from app.core.postgres import database_url
from app.core.settings import Settings, get_settings

APPLICATION = "sayso"
APPLICATION_VERSION = "1"  # pinned: work in flight must survive a deploy
ANSWERING = "answering"  # queue of answer_message
POSTING = "posting"  # queue of post_reply
QUEUE_OF = {"answer_message": ANSWERING, "post_reply": POSTING}
SERIALIZER = DBOSPortableJSONSerializer()


def engine_config(settings: Settings) -> DBOSConfig:
    """How a worker joins the engine; its executor id is the worker's own stable id."""
    return {
        "name": APPLICATION,
        "system_database_url": database_url(settings),
        "application_version": APPLICATION_VERSION,
        "executor_id": settings.worker_id,
        "serializer": SERIALIZER,
        "sys_db_pool_size": 10,
        "log_level": "WARNING",
        "notification_listener_polling_interval_sec": 1.0,
    }


def migrate_engine() -> None:
    """Bring the engine's own tables (schema dbos) to the installed version."""
    DBOS.migrate(database_url(get_settings()), schema="dbos")


@lru_cache(maxsize=1)
def client() -> DBOSClient:
    """This process's way to enqueue and to look at work; it executes nothing."""
    return DBOSClient(
        system_database_engine=get_engine(), serializer=SERIALIZER, application_name=APPLICATION, lazy=True
    )


def is_waiting(job: str) -> bool:
    """Whether a job of this name waits for a worker. While one does, none can be called lost, and a
    sweep that queued more would make a long queue longer at every beat."""
    return bool(client().list_workflows(status="ENQUEUED", name=job, limit=1, load_input=False))


def enqueue(session: Session, job: str, *, after_seconds: float = 0, **ids: int) -> None:
    """Queue a job in this session's transaction. Jobs take ids and may run twice."""
    options: EnqueueOptions = {
        "workflow_name": job,
        "queue_name": QUEUE_OF[job],
        "app_version": APPLICATION_VERSION,
    }
    if after_seconds > 0:
        options["delay_seconds"] = after_seconds
    client().enqueue_in_transaction(session, options, **ids)
