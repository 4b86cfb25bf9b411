"""What was measured, as the figures of the table."""

from bench.figures import Beside, Figure, Goal, Section
from bench.pages import Page, Pages
from bench.path import WORKERS, Measured
from bench.peer import PeerCpu
from bench.record import Verified

MS = 1000.0


def path_section(measured: Measured, inserts_per_second: float) -> Section:
    many = measured.messages
    floor = Beside("durable inserts/s, nothing else", inserts_per_second)
    return Section(
        "From message to draft",
        f"{many} messages over HTTP by 8 clients, {WORKERS} workers, instant stand-in model; "
        f"{measured.written} drafts are the model's own words. All processes share this machine.",
        [
            Figure("intake to stored draft", many / measured.drafted_seconds, "messages/s", floor),
            Figure("intake alone, workers busy", many / measured.taken_in_seconds, "messages/s", floor),
        ],
    )


def cpu_section(measured: Measured, peer: PeerCpu | None) -> Section:
    def per_message(seconds: float) -> float:
        return seconds * MS / measured.messages

    doors = {door: per_message(seconds) for door, seconds in measured.doors.items()}
    workers = per_message(measured.cpu.workers)
    own = workers - doors["encoder"] - doors["model client"]
    peers_own = Beside("haystack-ai", (peer.everything - peer.model_client) * MS) if peer else None
    peers_all = Beside("haystack-ai", peer.everything * MS) if peer else None
    peers_client = Beside("haystack-ai", peer.model_client * MS) if peer else None
    drafting = doors["drafting"] - doors["encoder"] - doors["model client"]
    empty = Beside("an empty durable step", per_message(measured.empty.workers))
    return Section(
        "CPU per message, user and system",
        "Of the workers' processes, all threads. The peer stores nothing, checks nothing, survives no crash.",
        [
            Figure("own: without model and embedding, durable", own, "ms", peers_own, Goal(10)),
            Figure("own and model client", own + doors["model client"], "ms", peers_all),
            Figure("  of own: reading, matching, checking, storing", drafting, "ms"),
            Figure("  of own: engine, polling, heartbeats", own - drafting, "ms", empty),
            Figure("model client", doors["model client"], "ms", peers_client),
            Figure("encoder", doors["encoder"], "ms"),
            Figure("workers, everything", workers, "ms"),
            Figure("web process: intake", per_message(measured.cpu.web), "ms"),
            Figure("PostgreSQL", per_message(measured.cpu.database), "ms"),
            Figure("workers with nothing to do, per second", measured.idle.workers * MS, "ms"),
        ],
    )


def pages_section(pages: Pages) -> Section:
    small, large = pages.sizes[0], pages.sizes[-1]
    hello = Beside("hello route", pages.hello.p95_ms)
    figures = [
        Figure(
            f"queue, p95 at {large.conversations:,}",
            large.queue.p95_ms,
            "ms",
            hello,
            Goal(50),
            _told(large.queue),
        ),
        _growth("queue", large.queue, small.queue, small.conversations),
        Figure(f"queue, p95 at {small.conversations:,}", small.queue.p95_ms, "ms", hello),
        Figure(
            f"queue's last page, p95 at {large.conversations:,}", large.last_queue_page.p95_ms, "ms", hello
        ),
        Figure(
            f"conversation, p95 at {large.conversations:,}",
            large.conversation.p95_ms,
            "ms",
            hello,
            note=_told(large.conversation),
        ),
        _growth("conversation", large.conversation, small.conversation, small.conversations),
        Figure("statements for the queue", large.queue.statements, "", _as_small(small.queue)),
        Figure(
            "statements for a conversation", large.conversation.statements, "", _as_small(small.conversation)
        ),
    ]
    return Section(
        "Pages",
        "One signed-in agent, one request after the other, over HTTP. All conversations are open.",
        figures,
    )


def record_section(verified: Verified) -> Section:
    floor = Beside("only read, rows/s", verified.read_per_second)
    told = f"A chain of {verified.rows:,} rows, from the first to the last."
    return Section("Record", told, [Figure("audit verify", verified.per_second, "rows/s", floor)])


def _growth(page: str, large: Page, small: Page, size: int) -> Figure:
    return Figure(f"{page}, median", large.p50_ms, "ms", Beside(f"at {size:,}", small.p50_ms))


def _as_small(page: Page) -> Beside:
    return Beside("at the smaller number", page.statements)


def _told(page: Page) -> str:
    return f"{page.statements} statements, {page.bytes:,} bytes"
