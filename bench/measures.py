"""One run: every measure on one server, one after the other."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.console import Console

from bench.figures import Section
from bench.ground import Ground, ground
from bench.inserts import inserts_per_second
from bench.matching import Amount, measure_matching
from bench.matching_report import matching_sections
from bench.messages import fitting_texts
from bench.pages import measure_pages
from bench.path import instant_model, measure_path
from bench.peer import measure_peer
from bench.peer_environment import bring_peers, has_peer
from bench.record import measure_record
from bench.report import cpu_section, pages_section, path_section, record_section


class Part(StrEnum):
    PATH = "path"
    MATCHING = "matching"
    PAGES = "pages"


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
    with_peers: bool
    matching: Amount


FULL = Extent(
    messages=400,
    idle_seconds=5.0,
    inserts=4000,
    originals=100,
    sizes=(1_000, 10_000),
    asked=200,
    rows=50_000,
    with_peers=True,
    matching=Amount(
        entries=10_000,
        rounds=20,
        edits=50,
        imported=1_000,
        sizes=(10_000, 50_000, 100_000, 200_000, 300_000),
        with_public=True,
        with_peers=True,
    ),
)
QUICK = Extent(
    messages=12,
    idle_seconds=0.5,
    inserts=100,
    originals=10,
    sizes=(20, 40),
    asked=10,
    rows=200,
    with_peers=False,
    matching=Amount(
        entries=200, rounds=1, edits=3, imported=40, sizes=(100, 200), with_public=False, with_peers=False
    ),
)


def run(console: Console, extent: Extent, parts: Collection[Part]) -> list[Section]:
    """Measure everything, or the parts that are named. In full some ten minutes, on two idle cores."""
    if extent.with_peers and {Part.PATH, Part.MATCHING} & set(parts):
        bring_peers(console)
    measures = {Part.PATH: _path, Part.MATCHING: _matching, Part.PAGES: _pages}
    with ground() as server:
        return [
            section
            for part, measure in measures.items()
            if part in parts
            for section in measure(console, server, extent)
        ]


def _path(console: Console, server: Ground, extent: Extent) -> Iterator[Section]:
    with instant_model(server.home) as model_url, server.database("bench_path"):
        console.print("From message to draft …")
        texts = fitting_texts()
        inserts = inserts_per_second(texts, how_many=extent.inserts)
        measured = measure_path(server, model_url, messages=extent.messages, idle_seconds=extent.idle_seconds)
        with_peer = extent.with_peers and has_peer("haystack")
        peer = measure_peer(model_url, texts, messages=extent.messages) if with_peer else None
    yield path_section(measured, inserts)
    yield cpu_section(measured, peer)


def _matching(console: Console, server: Ground, extent: Extent) -> list[Section]:
    with server.database("bench_matching"):
        console.print("Matching …")
        return matching_sections(measure_matching(fitting_texts(), extent.matching))


def _pages(console: Console, server: Ground, extent: Extent) -> list[Section]:
    with server.database("bench_record"):
        console.print("Record …")
        verified = measure_record(extent.rows)
    with server.database("bench_pages"):
        console.print("Pages …")
        pages = measure_pages(server, originals=extent.originals, sizes=extent.sizes, asked=extent.asked)
    return [pages_section(pages), record_section(verified)]
