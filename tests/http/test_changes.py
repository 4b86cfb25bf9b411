"""Open pages hear of every committed change, also after the database went away, and never delay the end."""

import asyncio
from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from app.core.changes import announce
from app.core.database import get_engine, transaction
from app.http.changes import EVERYTHING, WAITING_AT_MOST, Changes

PATIENCE_SECONDS = 10


def say(subject: str) -> None:
    with transaction() as session:
        announce(session, subject)


def cut_listeners() -> None:
    with get_engine().connect() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                 "WHERE datname = current_database() AND application_name = 'sayso changes'")
        )  # fmt: skip


def listeners() -> int:
    with get_engine().connect() as connection:
        counted = connection.execute(
            text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                 "AND application_name = 'sayso changes' AND state = 'idle' AND query LIKE 'LISTEN%'")
        )  # fmt: skip
        return int(counted.scalar_one())


async def until(claim: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await asyncio.to_thread(claim):
            await asyncio.sleep(0.02)


def test_each_subscriber_hears_each_change_once_it_is_committed(database_url: str) -> None:
    async def scenario() -> list[list[str]]:
        changes = Changes()
        listening = asyncio.create_task(changes.listen())
        await until(lambda: listeners() == 1)
        heard = [asyncio.create_task(_take(changes, 2)) for _ in range(3)]
        await asyncio.sleep(0)
        for subject in ("conversation:1", "sending"):
            await asyncio.to_thread(say, subject)
        said = await asyncio.wait_for(asyncio.gather(*heard), PATIENCE_SECONDS)
        listening.cancel()
        return list(said)

    assert asyncio.run(scenario()) == [["conversation:1", "sending"]] * 3


def test_after_a_lost_connection_everything_may_have_changed(database_url: str) -> None:
    async def scenario() -> list[str]:
        changes = Changes()
        listening = asyncio.create_task(changes.listen())
        await until(lambda: listeners() == 1)
        heard = asyncio.create_task(_take(changes, 2))
        await asyncio.to_thread(cut_listeners)
        await until(lambda: listeners() == 1)
        await asyncio.to_thread(say, "conversation:2")
        said = await asyncio.wait_for(heard, PATIENCE_SECONDS)
        listening.cancel()
        return said

    assert asyncio.run(scenario()) == [EVERYTHING, "conversation:2"]


def test_a_subscriber_that_does_not_read_costs_no_memory_and_catches_up() -> None:
    async def scenario() -> list[str]:
        changes = Changes()
        subjects: Any = changes.subscribe()
        reading = asyncio.create_task(anext(subjects))
        await asyncio.sleep(0)
        changes.broadcast("first")
        said = [await reading]
        for number in range(WAITING_AT_MOST + 1):
            changes.broadcast(f"conversation:{number}")
        said.append(await anext(subjects))
        await subjects.aclose()
        return said

    assert asyncio.run(scenario()) == ["first", EVERYTHING]


def test_streams_end_when_the_process_is_told_to_stop() -> None:
    async def scenario() -> tuple[list[str], list[str]]:
        changes = Changes()
        early = asyncio.create_task(_take(changes, 9))
        await asyncio.sleep(0)
        changes.broadcast("one")
        changes.end()
        late = _take(changes, 9)
        return await asyncio.wait_for(early, 1), await asyncio.wait_for(late, 1)

    assert asyncio.run(scenario()) == (["one"], [])


async def _take(changes: Changes, number: int) -> list[str]:
    said: list[str] = []
    async for subject in changes.subscribe():
        said.append(subject)
        if len(said) == number:
            break
    return said
