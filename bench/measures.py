"""One run: every measure on one server, one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console

from bench.figures import Section
from bench.ground import Ground, ground
from bench.inserts import inserts_per_second
from bench.matching import measure_matching
from bench.messages import fitting_texts
from bench.pages import measure_pages
from bench.path import instant_model, measure_path
from bench.peer import bring_peer, measure_peer
from bench.record import measure_record
from bench.report import cpu_section, matching_section, pages_section, path_section, record_section


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    messages: int
    idle_seconds: float
    inserts: int
    originals: int
    sizes: Sequence[int]
    asked: int  # requests per page
    rows: int
    with_peer: bool


FULL = Extent(
    messages=400,
    idle_seconds=5.0,
    inserts=4000,
    originals=100,
    sizes=(1_000, 10_000),
    asked=200,
    rows=50_000,
    with_peer=True,
)
QUICK = Extent(
    messages=12,
    idle_seconds=0.5,
    inserts=100,
    originals=10,
    sizes=(20, 40),
    asked=10,
    rows=200,
    with_peer=False,
)


def run(console: Console, extent: Extent) -> list[Section]:
    """Measure everything. Takes about three minutes in full, on two cores."""
    if extent.with_peer:
        bring_peer(console)
    with ground() as server:
        return [*_path(console, server, extent), *_pages(console, server, extent)]


def _path(console: Console, server: Ground, extent: Extent) -> list[Section]:
    with instant_model(server.home) as model_url, server.database("bench_path"):
        console.print("From message to draft …")
        texts = fitting_texts()
        inserts = inserts_per_second(texts, how_many=extent.inserts)
        measured = measure_path(server, model_url, messages=extent.messages, idle_seconds=extent.idle_seconds)
        peer = measure_peer(model_url, texts, messages=extent.messages) if extent.with_peer else None
        console.print("Matching …")
        found = measure_matching(texts)
    return [path_section(measured, inserts), cpu_section(measured, peer), matching_section(found)]


def _pages(console: Console, server: Ground, extent: Extent) -> list[Section]:
    with server.database("bench_record"):
        console.print("Record …")
        verified = measure_record(extent.rows)
    with server.database("bench_pages"):
        console.print("Pages …")
        pages = measure_pages(server, originals=extent.originals, sizes=extent.sizes, asked=extent.asked)
    return [pages_section(pages), record_section(verified)]
