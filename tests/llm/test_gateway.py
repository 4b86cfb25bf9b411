"""The gateway against a real HTTP server that misbehaves."""

import time
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime

import pytest
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Engine, text

from app.core.clock import utc_now
from app.core.settings import Settings
from app.llm.faults import FaultKind, ModelFault
from app.llm.gateway import Gateway, make_gateway
from app.llm.ledger import UNRECORDED
from app.llm.models import ModelCall
from app.llm.prompts import RenderedPrompt
from tests.model_server import (
    Behaviour,
    answers,
    answers_in_chunks,
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

MakeGateway = Callable[..., Gateway]
Calls = Callable[[], list[ModelCall]]


SOMEWHERE = "http://127.0.0.1:9/v1"
AZURE_FILTER = b'{"error": {"code": null, "innererror": {"code": "ResponsibleAIPolicyViolation"}}}'
TLS_HELLO = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200)


class Colour(BaseModel):
    model_config = ConfigDict(extra="forbid")

    colour: str


def test_an_answer_comes_back_as_its_schema_and_leaves_a_row(
    gateway_to: MakeGateway, prompt: RenderedPrompt, calls: Calls
) -> None:
    with start_model_server(answers({"colour": "blue"})) as model:
        answer = gateway_to(model.url).ask(prompt, Colour, max_tokens=50, message_id=7)

    assert answer == Colour(colour="blue")
    (row,) = calls()
    assert (row.model, row.prompt, row.prompt_version, row.message_id) == (
        "stand-in",
        "greeting",
        "0123456789ab",
        7,
    )
    assert (row.outcome, row.detail, row.input_tokens, row.output_tokens) == ("answered", None, 12, 3)


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (refuses(), FaultKind.REFUSED),
        (filters(), FaultKind.FILTERED),
        (gives(b'{"error": {"code": "content_filter"}}', 400), FaultKind.FILTERED),
        (cuts_off(), FaultKind.CUT_OFF),
        (gives(completion("Half a", finish_reason="SAFETY")), FaultKind.FILTERED),
        (gives(AZURE_FILTER, 400), FaultKind.FILTERED),
        (gives(b'{"error": {"code": "content_policy_violation"}}', 403), FaultKind.FILTERED),
        (gives(b'{"error": {"code": "context_length_exceeded"}}', 400), FaultKind.TOO_LONG),
        (status(413), FaultKind.TOO_LONG),
        (gives(completion("Half a", finish_reason="max_tokens")), FaultKind.CUT_OFF),
        (gives(b'{"choices": ['), FaultKind.NO_COMPLETION),
        (gives(b""), FaultKind.NO_COMPLETION),
        (gives(b"[" * 500_000), FaultKind.NO_COMPLETION),
        (gives(b'{"error": {"message": "upstream", "code": 502}}'), FaultKind.NO_COMPLETION),
        (shows_a_page(), FaultKind.NO_COMPLETION),
        (streams_events(), FaultKind.NO_COMPLETION),
        (gives(b"\xff\xfe"), FaultKind.NO_COMPLETION),
        (compresses('{"colour": "blue"}'), FaultKind.NO_COMPLETION),
        (says(None), FaultKind.NO_COMPLETION),
        (answers("colour: blue"), FaultKind.MALFORMED),
        (answers('Here it is:\n```json\n{"colour": "blue"}\n```'), FaultKind.MALFORMED),
        (nests(), FaultKind.MALFORMED),
        (calls_a_tool(), FaultKind.EMPTY),
        (answers('{"colour": NaN}'), FaultKind.WRONG_SCHEMA),
        (answers({"colour": "blue", "shade": "dark"}), FaultKind.WRONG_SCHEMA),
        (answers({"color": "blue"}), FaultKind.WRONG_SCHEMA),
        (answers({"colour": ["blue"]}), FaultKind.WRONG_SCHEMA),
        (answers(" \n"), FaultKind.EMPTY),
        (says([]), FaultKind.NO_COMPLETION),
        (floods(), FaultKind.TOO_LARGE),
        (floods(code=400), FaultKind.TOO_LARGE),
        (floods_in_chunks(), FaultKind.TOO_LARGE),
        (status(401), FaultKind.REJECTED),
        (status(404), FaultKind.REJECTED),
    ],
)
def test_what_asking_again_cannot_mend_is_a_named_fault_after_one_call(
    behaviour: Behaviour, kind: FaultKind, gateway_to: MakeGateway, prompt: RenderedPrompt, calls: Calls
) -> None:
    with start_model_server(behaviour) as model:
        with pytest.raises(ModelFault) as caught:
            gateway_to(model.url).ask(prompt, Colour, max_tokens=50, message_id=None)

        assert caught.value.kind is kind
        assert len(model.received) == 1
    (row,) = calls()
    assert (row.outcome, row.detail) == (kind.value, caught.value.detail)


@pytest.mark.parametrize(
    "behaviour",
    [
        answers('```json\n{"colour": "blue"}\n```'),
        answers('```\n{"colour": "blue"}```'),
        answers('{"colour": "red", "colour": "blue"}'),
        answers_in_chunks('{"colour": "blue"}'),
        gives(completion('{"colour": "blue"}'), content_type="text/plain; charset=nonsense"),
        says([{"message": {"content": '{"colour": "blue"}'}}, {"message": {"content": "{}"}}]),
        says([{"message": {"content": '{"colour": "blue"}'}}], usage=[]),
        says([{"message": {"content": '{"colour": "blue"}'}}], usage={"prompt_tokens": 10**30}),
    ],
)
def test_an_odd_form_around_a_clean_answer_does_no_harm(
    behaviour: Behaviour, gateway_to: MakeGateway, prompt: RenderedPrompt, calls: Calls
) -> None:
    with start_model_server(behaviour) as model:
        answer = gateway_to(model.url).ask(prompt, Colour, max_tokens=50, message_id=None)

    assert answer == Colour(colour="blue")
    assert [row.outcome for row in calls()] == ["answered"]


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (status(500), FaultKind.FAILED),
        (shows_a_page(502), FaultKind.FAILED),
        (status(503), FaultKind.FAILED),
        (resets(), FaultKind.BROKEN_OFF),
        (cuts_the_stream(), FaultKind.BROKEN_OFF),
        (cuts_the_stream(in_chunks=False), FaultKind.BROKEN_OFF),
        (sends(TLS_HELLO), FaultKind.BROKEN_OFF),
        (sends(), FaultKind.BROKEN_OFF),
    ],
)
def test_a_failing_server_is_asked_once_more(
    behaviour: Behaviour, kind: FaultKind, gateway_to: MakeGateway, prompt: RenderedPrompt
) -> None:
    with start_model_server(behaviour) as model:
        with pytest.raises(ModelFault) as caught:
            gateway_to(model.url).ask(prompt, None, max_tokens=50, message_id=None)

        assert caught.value.kind is kind
        assert len(model.received) == 2


@pytest.mark.parametrize("behaviour", [status(503), resets(), status(429), status(429, retry_after="0")])
def test_a_second_try_that_succeeds_is_an_answer_and_one_row(
    behaviour: Behaviour, gateway_to: MakeGateway, prompt: RenderedPrompt, calls: Calls
) -> None:
    with start_model_server(behaviour, answers("yes")) as model:
        answer = gateway_to(model.url).ask(prompt, None, max_tokens=50, message_id=None)

        assert (answer, len(model.received)) == ("yes", 2)
    assert [row.outcome for row in calls()] == ["answered"]


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_obeyed(as_date: bool, gateway_to: MakeGateway, prompt: RenderedPrompt) -> None:
    wait = format_datetime(utc_now() + timedelta(seconds=3), usegmt=True) if as_date else "1"
    started = time.monotonic()
    with start_model_server(status(429, retry_after=wait), answers("yes")) as model:
        answer = gateway_to(model.url, seconds=5).ask(prompt, None, max_tokens=50, message_id=None)

    assert answer == "yes"
    assert time.monotonic() - started >= 1.0


@pytest.mark.parametrize("wait", ["25", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
@pytest.mark.parametrize(("code", "kind"), [(429, FaultKind.RATE_LIMITED), (503, FaultKind.FAILED)])
def test_a_longer_wait_than_a_draft_is_worth_is_not_waited_and_not_shortened(
    code: int, kind: FaultKind, wait: str, gateway_to: MakeGateway, prompt: RenderedPrompt
) -> None:
    started = time.monotonic()
    with start_model_server(status(code, retry_after=wait)) as model:
        gateway = gateway_to(model.url, seconds=30)
        faults = []
        for _ in range(2):
            with pytest.raises(ModelFault) as caught:
                gateway.ask(prompt, None, max_tokens=50, message_id=None)
            faults.append(caught.value.kind)

        assert (faults, len(model.received)) == ([kind, FaultKind.SKIPPED], 1)
        assert gateway.probe() == "missing"
        assert len(model.received) == 1
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("wait", ["-5", "soon", "Fri, 99999999999999999999 Nov 2026 12:00:00 GMT"])
def test_a_wait_that_nobody_can_read_is_replaced_by_our_own(
    wait: str, gateway_to: MakeGateway, prompt: RenderedPrompt
) -> None:
    started = time.monotonic()
    with start_model_server(status(429, retry_after=wait), answers("yes")) as model:
        assert gateway_to(model.url).ask(prompt, None, max_tokens=50, message_id=None) == "yes"

    assert 0.4 < time.monotonic() - started < 3


def test_limits_that_do_not_end_are_given_up_after_three_tries(
    gateway_to: MakeGateway, prompt: RenderedPrompt
) -> None:
    with start_model_server(status(429, retry_after="0")) as model:
        with pytest.raises(ModelFault) as caught:
            gateway_to(model.url).ask(prompt, None, max_tokens=50, message_id=None)

        assert (caught.value.kind, len(model.received)) == (FaultKind.RATE_LIMITED, 3)


@pytest.mark.parametrize("behaviour", [hangs(), drips(), drips(in_headers=True)])
def test_time_is_up_when_it_is_up_however_the_other_side_drips(
    behaviour: Behaviour, gateway_to: MakeGateway, prompt: RenderedPrompt
) -> None:
    started = time.monotonic()
    with start_model_server(behaviour) as model:
        with pytest.raises(ModelFault) as caught:
            gateway_to(model.url, seconds=0.6).ask(prompt, None, max_tokens=50, message_id=None)

        assert (caught.value.kind, len(model.received)) == (FaultKind.TIMED_OUT, 1)
    assert 0.5 < time.monotonic() - started < 1.5


def test_nobody_there_is_a_fault_at_once(gateway_to: MakeGateway, prompt: RenderedPrompt) -> None:
    with start_model_server() as model:
        address = model.url

    with pytest.raises(ModelFault) as caught:
        gateway_to(address).ask(prompt, None, max_tokens=50, message_id=None)

    assert caught.value.kind is FaultKind.UNREACHABLE


def test_after_three_absences_the_model_is_left_alone_until_a_probe_finds_it_back(
    gateway_to: MakeGateway, prompt: RenderedPrompt, calls: Calls
) -> None:
    with start_model_server(*[status(500)] * 6, answers("yes")) as model:
        gateway = gateway_to(model.url)
        for _ in range(3):
            with pytest.raises(ModelFault):
                gateway.ask(prompt, None, max_tokens=50, message_id=None)

        with pytest.raises(ModelFault) as caught:
            gateway.ask(prompt, None, max_tokens=50, message_id=None)

        assert caught.value.kind is FaultKind.SKIPPED
        assert caught.value.detail.startswith("The model failed 3 times in a row (lastly: failed)")
        assert len(model.received) == 6
        assert gateway.probe() == "answered"
        assert gateway.ask(prompt, None, max_tokens=50, message_id=None) == "yes"
    assert [row.outcome for row in calls()] == ["failed"] * 3 + ["skipped", "answered", "answered"]


def test_ten_useless_answers_in_a_row_are_enough_and_a_probe_does_not_excuse_them(
    gateway_to: MakeGateway, prompt: RenderedPrompt
) -> None:
    with start_model_server(answers("no JSON")) as model:
        gateway = gateway_to(model.url)
        for _ in range(10):
            with pytest.raises(ModelFault):
                gateway.ask(prompt, Colour, max_tokens=50, message_id=None)
        assert gateway.probe() == "answered"

        with pytest.raises(ModelFault) as caught:
            gateway.ask(prompt, Colour, max_tokens=50, message_id=None)

        assert caught.value.detail.startswith("The model's last 10 answers could not be used")
        assert len(model.received) == 11


@pytest.mark.parametrize("behaviour", [refuses(), filters()])
def test_refusals_never_close_the_model_to_others(
    behaviour: Behaviour, gateway_to: MakeGateway, prompt: RenderedPrompt
) -> None:
    with start_model_server(*[behaviour] * 12, answers("yes")) as model:
        gateway = gateway_to(model.url)
        for _ in range(12):
            with pytest.raises(ModelFault):
                gateway.ask(prompt, None, max_tokens=50, message_id=None)

        assert gateway.ask(prompt, None, max_tokens=50, message_id=None) == "yes"


@pytest.mark.parametrize(
    ("behaviour", "verdict"),
    [
        (answers("yes"), "answered"),
        (cuts_off(), "answered"),
        (status(401), "missing"),
        (status(500), "missing"),
    ],
)
def test_a_probe_says_whether_the_model_answers(
    behaviour: Behaviour, verdict: str, gateway_to: MakeGateway
) -> None:
    with start_model_server(behaviour) as model:
        assert gateway_to(model.url).probe() == verdict


def test_a_row_that_cannot_be_written_does_not_cost_the_answer_and_is_said(
    gateway_to: MakeGateway, prompt: RenderedPrompt, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE model_calls RENAME TO elsewhere"))
    before = UNRECORDED._value.get()
    with start_model_server() as model:
        assert gateway_to(model.url).ask(prompt, None, max_tokens=50, message_id=None) == "yes"

    assert UNRECORDED._value.get() - before == 1
    assert "model_call_unrecorded" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        (
            Settings(llm_base_url=SOMEWHERE, bundled_model_url=SOMEWHERE),
            "endpoint",
        ),
        (Settings(llm_base_url=None, bundled_model_url=SOMEWHERE), "bundled"),
        (Settings(llm_base_url=None, bundled_model_url=None), "missing"),
    ],
)
def test_a_configured_endpoint_comes_before_the_bundled_model(settings: Settings, kind: str) -> None:
    assert make_gateway(settings).kind == kind


def test_without_a_model_every_call_says_so(prompt: RenderedPrompt) -> None:
    gateway = make_gateway(Settings(llm_base_url=None, bundled_model_url=None))

    with pytest.raises(ModelFault) as caught:
        gateway.ask(prompt, None, max_tokens=50, message_id=None)

    assert (caught.value.kind, gateway.probe(), gateway.is_reachable()) == (
        FaultKind.MISSING,
        "missing",
        False,
    )
