"""Each way a model can fail, from the customer's message to what a person reads, over real HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import pytest
from sqlalchemy import select

from app.core.database import transaction
from app.core.settings import get_settings
from app.drafting.models import Draft, Strategy
from app.llm import gateway
from app.llm.breaker import Breaker
from app.llm.gateway import get_gateway
from app.llm.models import ModelCall
from app.review.proposing import answer_with_draft
from tests.browser import scene
from tests.conftest import clean_database
from tests.factories import make_message
from tests.model_server import (
    Behaviour,
    ModelServer,
    answers,
    calls_a_tool,
    completion,
    compresses,
    cuts_off,
    cuts_the_stream,
    drips,
    filters,
    floods,
    floods_in_chunks,
    gives,
    hangs,
    nests,
    refuses,
    resets,
    says,
    sends,
    shows_a_page,
    start_model_server,
    status,
    streams_events,
)
from tests.web.visitors import Visitor, Visitors
from tests.web_server import running_web

SECONDS = 1.0
ENTRY = "bikes-and-pets/bike-on-boat"
WRITTEN = "Yes, bikes are welcome on every boat for £2 each way, without booking."
GOOD = answers({"sentences": [{"text": WRITTEN, "entries": [ENTRY]}]})
APPROVED = "Bikes and e-bikes are welcome on every boat for £2 each way, without booking."

AWAY = "No language model answered. "
ALONE = " This is the approved wording alone."
NO_USE = "The model&#39;s own words could not be used. "
PARTS = " This is put together from approved ones."


@dataclass
class Clock:
    """What the breaker takes for the time."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass(frozen=True)
class Desk:
    """An agent before the pages, and the model that the machine asks."""

    agent: Visitor
    model: ModelServer
    authors: Iterator[int]
    clock: Clock

    def page_of(self, *behaviours: Behaviour) -> tuple[Draft, ModelCall, str]:
        """What becomes of one message while the model behaves so: its draft, the last call, the page."""
        self.model.behaviours[:] = behaviours
        with transaction() as session:
            author = f"@cyclist{next(self.authors)}"
            message = make_message(session, "Can I take my bike on the boat?", author=author)
            message_id, conversation_id = message.id, message.conversation_id
        answer_with_draft(message_id)
        with transaction() as session:
            draft = session.scalars(select(Draft).where(Draft.message_id == message_id)).one()
            calls = select(ModelCall).where(ModelCall.message_id == message_id).order_by(ModelCall.id.desc())
            call = session.scalars(calls).first()
        assert call is not None
        return draft, call, self.agent.get(f"/conversations/{conversation_id}").text


@pytest.fixture(scope="module")
def desk_without_model(
    server: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Visitor, Iterator[int]]]:
    """One desk for all faults: each has a customer of its own."""
    with clean_database(server, template, home=tmp_path_factory.mktemp("home")):
        scene.open_desk(with_faq=True)
        with running_web() as url:
            visitors = Visitors(url)
            yield visitors.person("agent"), iter(range(10_000))
            visitors.leave()


@pytest.fixture
def desk(
    desk_without_model: tuple[Visitor, Iterator[int]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    agent, authors = desk_without_model
    clock = Clock()
    monkeypatch.setattr(gateway, "Breaker", partial(Breaker, now=clock))
    with start_model_server(GOOD) as model:
        monkeypatch.setenv("SAYSO_LLM_BASE_URL", model.url)
        monkeypatch.setenv("SAYSO_LLM_TIMEOUT_SECONDS", str(SECONDS))
        _forget()
        yield Desk(agent, model, authors, clock)
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    get_settings.cache_clear()
    get_gateway.cache_clear()


TIMED_OUT = "No whole answer came within 1 seconds."
ENDED = "The connection ended before the answer did."
NOT_A_COMPLETION = "The endpoint did not answer with a chat completion."
TOO_LARGE = "The answer is longer than 1000000 bytes."
LIMITED = "The endpoint asks for fewer calls (429)."

FAULTS: dict[str, tuple[Behaviour, str, str]] = {
    "time-out": (hangs(), "timed_out", TIMED_OUT),
    "slow drip": (drips(), "timed_out", TIMED_OUT),
    "slow drip of headers": (drips(in_headers=True), "timed_out", TIMED_OUT),
    "429": (status(429), "rate_limited", LIMITED),
    "429 and a short wait": (status(429, retry_after="0"), "rate_limited", LIMITED),
    "429 and a negative wait": (status(429, retry_after="-1"), "rate_limited", LIMITED),
    "429 and no wait at all": (status(429, retry_after="soon"), "rate_limited", LIMITED),
    "500": (status(500), "failed", "The endpoint failed (500)."),
    "502 as a page": (shows_a_page(502), "failed", "The endpoint failed (502)."),
    "503": (status(503), "failed", "The endpoint failed (503)."),
    "a refused key": (status(401), "rejected", "The endpoint does not accept the call (401)."),
    "a redirect": (status(307, location="/"), "rejected", "The endpoint does not accept the call (307)."),
    "a reset": (resets(), "broken_off", ENDED),
    "a silent end": (sends(), "broken_off", ENDED),
    "TLS where HTTP was expected": (sends(b"\x16\x03\x01\x02\x00\x01" + bytes(99)), "broken_off", ENDED),
    "a stream cut": (cuts_the_stream(), "broken_off", ENDED),
    "half an answer": (cuts_the_stream(in_chunks=False), "broken_off", ENDED),
    "a stream nobody asked for": (streams_events(), "no_completion", NOT_A_COMPLETION),
    "a page with 200": (shows_a_page(), "no_completion", NOT_A_COMPLETION),
    "malformed JSON": (gives(b'{"choices": ['), "no_completion", NOT_A_COMPLETION),
    "nothing with 200": (gives(b""), "no_completion", NOT_A_COMPLETION),
    "no choices": (says(None), "no_completion", NOT_A_COMPLETION),
    "compressed": (compresses("yes"), "no_completion", "The answer is compressed, which was not asked for."),
    "ten megabytes": (floods(), "too_large", TOO_LARGE),
    "ten megabytes untold": (floods_in_chunks(), "too_large", TOO_LARGE),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_model_that_is_away_leaves_approved_words_and_a_sentence_and_is_used_again(
    name: str, desk: Desk
) -> None:
    behaviour, outcome, detail = FAULTS[name]

    draft, call, page = desk.page_of(behaviour)

    assert call.latency_ms < (2 * SECONDS + 1) * 1000
    assert (draft.strategy, draft.note) == (Strategy.VARIANT, f"{AWAY}{detail}{ALONE}")
    assert (call.outcome, call.detail, call.reserved_until) == (outcome, detail, None)
    assert f"{AWAY}{detail}{ALONE}" in page
    assert APPROVED in page
    assert_used_again(desk)


def assert_used_again(desk: Desk) -> None:
    """The next message is answered in the model's words."""
    draft, call, page = desk.page_of(GOOD)
    assert (draft.strategy, call.outcome) == (Strategy.WRITE, "answered")
    assert WRITTEN in page
    assert AWAY not in page


USELESS: dict[str, tuple[Behaviour, str, str]] = {
    "a refusal": (refuses(), "refused", "The model declined to answer."),
    "content filter": (filters(), "filtered", "The endpoint&#39;s content filter stopped the answer."),
    "content filter, told as 400": (
        gives(b'{"error": {"code": "content_filter"}}', 400),
        "filtered",
        "The endpoint&#39;s content filter stopped the question.",
    ),
    "too long a question": (status(413), "too_long", "The endpoint finds this question too long."),
    "cut off": (cuts_off(), "cut_off", "The answer did not end within its limit of tokens."),
    "empty": (answers(""), "empty", "The model answered with nothing."),
    "a tool's call": (calls_a_tool(), "empty", "The model answered with nothing."),
    "no JSON": (answers("Yes, you can."), "malformed", "The model did not answer in JSON."),
    "deep nesting": (nests(), "malformed", "The model did not answer in JSON."),
    "half JSON": (gives(completion('{"sentences": [')), "malformed", "The model did not answer in JSON."),
    "wrong schema": (
        answers({"reply": "Yes"}),
        "wrong_schema",
        "The model&#39;s JSON is no WrittenReply.",
    ),
    "NaN": (
        answers('{"sentences": NaN}'),
        "wrong_schema",
        "The model&#39;s JSON is no WrittenReply.",
    ),
    "extra fields": (
        answers({"sentences": [], "route": "post"}),
        "wrong_schema",
        "The model&#39;s JSON is no WrittenReply.",
    ),
}


@pytest.mark.parametrize("name", USELESS)
def test_an_answer_of_no_use_leaves_approved_words_and_a_sentence_and_the_next_one_is_taken(
    name: str, desk: Desk
) -> None:
    behaviour, outcome, shown = USELESS[name]

    draft, call, page = desk.page_of(behaviour)

    assert (draft.strategy, call.outcome) == (Strategy.COMPOSE, outcome)
    assert f"{NO_USE}{shown}{PARTS}" in page
    assert APPROVED in page
    assert_used_again(desk)


def test_a_fence_around_clean_json_is_no_fault(desk: Desk) -> None:
    fenced = f'```json\n{{"sentences": [{{"text": "{WRITTEN}", "entries": ["{ENTRY}"]}}]}}\n```'

    draft, call, _ = desk.page_of(answers(fenced))

    assert (draft.strategy, call.outcome, draft.note) == (Strategy.WRITE, "answered", None)


def test_after_three_absences_nobody_waits_for_the_model_until_its_pause_is_over(desk: Desk) -> None:
    for _ in range(3):
        desk.page_of(status(401))
    asked = len(desk.model.received)
    draft, call, page = desk.page_of(GOOD)

    assert (draft.strategy, call.outcome) == (Strategy.VARIANT, "skipped")
    assert "The model failed 3 times in a row (lastly: rejected)" in page
    assert len(desk.model.received) == asked
    desk.clock.seconds = 30.1
    assert_used_again(desk)


def test_an_endpoint_that_asks_for_minutes_of_quiet_gets_them(desk: Desk) -> None:
    desk.page_of(status(429, retry_after="180"))
    draft, call, page = desk.page_of(GOOD)

    assert (draft.strategy, call.outcome, len(desk.model.received)) == (Strategy.VARIANT, "skipped", 1)
    assert "The endpoint asked to be left alone for a while; it is asked again in 180 seconds." in page
    desk.clock.seconds = 180.1
    assert_used_again(desk)


def test_nobody_listening_is_said_and_healed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with start_model_server() as gone:
        address = gone.url
    monkeypatch.setenv("SAYSO_LLM_BASE_URL", address)
    _forget()
    draft, call, page = desk.page_of(GOOD)

    assert (draft.strategy, call.outcome) == (Strategy.VARIANT, "unreachable")
    assert f"{AWAY}The endpoint does not take connections.{ALONE}" in page
    monkeypatch.setenv("SAYSO_LLM_BASE_URL", desk.model.url)
    _forget()
    assert_used_again(desk)


def test_one_senders_limit_is_said_on_the_page_and_leaves_the_model_to_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_LLM_SENDER_TOKENS_PER_DAY", "15")
    _forget()
    flood = replace(desk, authors=iter([99_999] * 2))
    drafts = [flood.page_of(GOOD) for _ in range(2)]

    assert [(draft.strategy, call.outcome) for draft, call, _ in drafts] == [
        (Strategy.WRITE, "answered"),
        (Strategy.VARIANT, "budget"),
    ]
    limit = "Today&#39;s limit of 15 tokens for this sender is reached; "
    assert f"{AWAY}{limit}the model is asked again from 00:00 UTC.{ALONE}" in drafts[1][2]
    assert_used_again(desk)


def test_the_days_limit_is_told_to_whoever_watches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.agent.get("/readyz").json()["remarks"]
    monkeypatch.setenv("SAYSO_LLM_TOKENS_PER_DAY", "1")
    _forget()
    draft, call, _ = desk.page_of(GOOD)

    remarks = desk.agent.get("/readyz").json()["remarks"]
    numbers = desk.agent.get("/metrics").text
    assert (draft.strategy, call.outcome, before) == (Strategy.VARIANT, "budget", [])
    assert remarks == [
        "Today's limit of 1 tokens for everything is reached; the model is asked again from 00:00 UTC."
    ]
    assert "sayso_model_limit_reached 1.0" in numbers
    monkeypatch.delenv("SAYSO_LLM_TOKENS_PER_DAY")
    _forget()
    assert_used_again(desk)
