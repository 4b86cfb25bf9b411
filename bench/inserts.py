"""The floor of everything durable: one row and one commit per message, and nothing else."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from app.core.database import get_engine
from bench.load import CLIENTS


def inserts_per_second(texts: Sequence[str], *, how_many: int) -> float:
    """As many connections as the intake has clients, each inserting its share, a commit after each row."""
    with get_engine().begin() as connection:
        connection.execute(
            text("CREATE TABLE bench_floor (id bigint GENERATED ALWAYS AS IDENTITY, said text)")
        )
    shares = [
        [texts[turn % len(texts)] for turn in range(start, how_many, CLIENTS)] for start in range(CLIENTS)
    ]
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(_insert, shares))
    seconds = time.perf_counter() - began
    with get_engine().begin() as connection:
        connection.execute(text("DROP TABLE bench_floor"))
    return how_many / seconds


def _insert(share: Sequence[str]) -> None:
    with get_engine().connect() as connection:
        for said in share:
            connection.execute(text("INSERT INTO bench_floor (said) VALUES (:said)"), {"said": said})
            connection.commit()
