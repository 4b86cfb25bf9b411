"""Life, readiness and numbers, for whoever runs Sayso."""

from collections.abc import Iterator

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from app.core import database, workers
from app.core.clock import utc_now
from app.core.database import transaction
from app.core.settings import get_settings
from tests.api.programs import Api, propose
from tests.web_server import running_web


def beat(worker_id: str, *, index_entries: int, model: str, seconds_ago: float = 0) -> None:
    at = utc_now() - workers.STALE_AFTER * (seconds_ago / workers.STALE_AFTER.total_seconds())
    with transaction() as session:
        workers.beat(session, worker_id, started_at=at, at=at, index_entries=index_entries, model=model)


def test_readiness_follows_the_workers(api: Api) -> None:
    seen = [_readiness(api)]
    beat("a", index_entries=0, model="unknown")
    seen.append(_readiness(api))
    beat("a", index_entries=60, model="unknown")
    seen.append(_readiness(api))
    beat("a", index_entries=60, model="missing")
    seen.append(_readiness(api))
    beat("a", index_entries=60, model="answered")
    seen.append(_readiness(api))
    beat("a", index_entries=60, model="answered", seconds_ago=16)
    seen.append(_readiness(api))

    nothing_yet = [
        "The index of the FAQ is empty. Import it with: sayso kb import",
        "No worker has heard from the model yet.",
    ]
    assert seen == [
        (503, 0, 0, "unknown", ["No worker is running."]),
        (503, 1, 0, "unknown", nothing_yet),
        (503, 1, 60, "unknown", nothing_yet[1:]),
        (200, 1, 60, "missing", []),
        (200, 1, 60, "answered", []),
        (503, 0, 0, "unknown", ["No worker is running."]),
    ]


def test_numbers_tell_what_happened_and_no_words(api: Api) -> None:
    propose("My secret question")
    api.hand_in(external_id="post-9").raise_for_status()

    told = api.nobody.get("/metrics").text

    numbers = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
    }
    assert numbers["sayso_messages_received_total",] == 2
    assert numbers["sayso_queue_length", "agent"] == 1
    assert numbers["sayso_drafts", "proposed"] == 1
    assert numbers["sayso_http_request_seconds_count", "POST", "receive_message", "202"] >= 1
    assert "secret" not in told
    assert "customer" not in told.replace("Customers' messages", "")


@pytest.fixture
def without_database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """A web process whose database is not there."""
    monkeypatch.setenv("SAYSO_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
    for cached in (get_settings, database.get_engine, database.session_factory):
        cached.cache_clear()
    with running_web() as url, httpx.Client(base_url=url, trust_env=False) as client:
        yield client


def test_without_a_database_the_process_lives_and_says_what_is_missing(
    without_database: httpx.Client,
) -> None:
    alive, ready = without_database.get("/healthz"), without_database.get("/readyz")
    guarded = without_database.get("/api/queue", headers={"Authorization": "Bearer sayso_x"})

    assert (alive.status_code, alive.json()) == (200, {"status": "alive"})
    assert (ready.status_code, ready.json()["problems"]) == (503, ["The database does not answer."])
    assert guarded.status_code == 503
    assert guarded.json()["detail"].startswith("The database does not answer right now.")


def test_a_database_that_goes_away_and_comes_back_is_used_again(api: Api) -> None:
    api.hand_in().raise_for_status()
    with database.get_engine().connect() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                 "WHERE datname = current_database() AND pid <> pg_backend_pid()")
        )  # fmt: skip

    assert api.hand_in().status_code == 200


def _readiness(api: Api) -> tuple[int, int, int, str, list[str]]:
    answer = api.nobody.get("/readyz")
    told = answer.json()
    assert told["ready"] is (answer.status_code == 200)
    return answer.status_code, told["workers"], told["index_entries"], told["model"], told["problems"]
