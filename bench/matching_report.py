"""What was measured of matching, as the figures of the table."""

from collections.abc import Iterator

from bench.figures import Beside, Figure, Goal, Section
from bench.matching import Matching
from bench.searching import FUSED, OURS, RAW

SLOWEST_MS = 0.5  # of the dense part of a search among 10,000 entries
PEERS = ("langchain-community FAISS", "chromadb", "haystack-ai in memory")
POINTS = 100.0
MB = 1e6
PER = 100_000  # entries
PLAIN = "plain sentence-transformers"


def matching_sections(found: Matching) -> list[Section]:
    return [_searches(found), _embedding(found), _whole(found), _growth(found)]


def _searches(found: Matching) -> Section:
    ours, raw, fused = (found.searches[name] for name in (OURS, RAW, FUSED))
    figures = [
        Figure(
            "dense part, median", ours.p50_ms, "ms", Beside(RAW, raw.p50_ms), Goal(SLOWEST_MS), _same(found)
        ),
        Figure("dense part by raw FAISS", ours.p50_ms / raw.p50_ms, "times", goal=Goal(2)),
        Figure("dense part, p95", ours.p95_ms, "ms", Beside(RAW, raw.p95_ms)),
        *_beside_peers(found),
        Figure("words and letters too, median", fused.p50_ms, "ms", Beside("dense part", ours.p50_ms)),
        Figure("words and letters too, p95", fused.p95_ms, "ms", Beside("dense part", ours.p95_ms)),
    ]
    left_out = [name for name in PEERS if found.amount.with_peers and name not in found.searches]
    said = f" Not installed here, so left out: {', '.join(left_out)}." if left_out else ""
    return Section(
        f"One search among {found.amount.entries:,} entries",
        "Vector in, ten entries out; one phrasing each, same vectors, one thread each, in turn." + said,
        figures,
    )


def _beside_peers(found: Matching) -> Iterator[Figure]:
    for name in PEERS:
        if name in found.searches:
            peer = found.searches[name]
            yield Figure(
                f"dense part and {name}", found.searches[OURS].p50_ms, "ms", Beside(name, peer.p50_ms)
            )


def _same(found: Matching) -> str:
    """Of which search how many of the ten nearest were right."""
    exact = {name: search.same for name, search in found.searches.items() if name not in {RAW, FUSED}}
    return "of raw FAISS's ten: " + ", ".join(f"{name} {share:.3f}" for name, share in exact.items())


def _embedding(found: Matching) -> Section:
    one, imported, alone = (found.embedding[name] for name in ("one", "import", "import, one thread"))
    many = f"import of {found.amount.imported:,} texts"
    return Section(
        "Encoding",
        "The same model and texts in one process, one short message on one thread each. "
        "Recall: the right entry among the five with the nearest phrasings.",
        [
            Figure("one short message, median", one[0], "ms", Beside(PLAIN, one[1])),
            Figure("one short message, times faster", one[1] / one[0], "", goal=Goal(6, at_most=False)),
            Figure(f"{many}, one thread", alone[0], "s", Beside(PLAIN, alone[1])),
            Figure(f"{many}, several threads", imported[0], "s", Beside(PLAIN, imported[1])),
            *_recalls(found),
        ],
    )


def _recalls(found: Matching) -> Iterator[Figure]:
    for name, told in found.embedding["recall"].items():
        ours, plain = (share * POINTS for share in told["recall"])
        asked = f"{name}, {told['questions']:,} questions"
        yield Figure(f"recall@5, {asked}", ours, "points", Beside(PLAIN, plain))
        yield Figure(f"points lost, {name}", plain - ours, "points", goal=Goal(0.5))


def _whole(found: Matching) -> Section:
    demo = found.demo
    encoder = Beside("encoding it, whole", demo.encode.p50_ms)
    matches = [
        Figure(
            f"one message matched among {entries:,}",
            took.p50_ms,
            "ms",
            encoder,
            note=f"p95 {took.p95_ms:.1f} ms",
        )
        for entries, took in found.matches.items()
    ]
    return Section(
        "Matching",
        f"The demo: {demo.entries} entries, {demo.phrasings} phrasings. A match encodes and looks up "
        "the message and each of its sentences.",
        [
            Figure(
                "index, first start ever",
                demo.first_start_seconds,
                "s",
                Beside("a later start", demo.later_start_seconds),
            ),
            *matches,
            Figure(
                f"an edited entry of {found.amount.entries:,} is found",
                found.edits.p95_ms,
                "ms",
                Beside("median", found.edits.p50_ms),
                Goal(150),
                "p95, its encoding and the question's included, each edit on top of those before it",
            ),
        ],
    )


def _growth(found: Matching) -> Section:
    return Section(
        "Large indexes",
        "One phrasing each, a process each; vectors are given, so nothing is encoded. "
        "Beyond 200,000 texts the search is approximate.",
        [figure for grown in found.grown for figure in _of_size(found, grown.entries)],
    )


def _of_size(found: Matching, entries: int) -> Iterator[Figure]:
    grown = next(one for one in found.grown if one.entries == entries)
    many = f"{entries:,} entries"
    bare = Beside("the vectors alone", PER * 4 * grown.dimensions / MB)
    yield Figure(
        f"memory per 100,000, at {many}",
        grown.resident_bytes / entries * PER / MB,
        "MB",
        bare,
        note=f"{grown.peak_bytes / MB:,.0f} MB at most while building",
    )
    yield Figure(f"build, {many}", grown.build_seconds, "s")
    find = Beside("words and letters too", grown.find_ms)
    yield Figure(f"dense part, {many}", grown.dense_ms, "ms", find)
    yield Figure(f"of the ten nearest found, {many}", grown.recall, "")
