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
from app.llm.models import ModelCall
from app.llm.prompts import RenderedPrompt
from app.llm.records import UNRECORDED
from tests.llm.conftest import KEY
from tests.model_server import (
    Behaviour,
    answers,
    completion,
    cuts_off,
    drips,
    filters,
    floods,
    gives,
    hangs,
    redirects,
    refuses,
    resets,
    start_model_server,
    status,
)

MakeGateway = Callable[..., Gateway]
Calls = Callable[[], list[ModelCall]]


SOMEWHERE = "http://127.0.0.1:9/v1"


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
        (gives(b'{"choices": ['), FaultKind.MALFORMED),
        (gives(b"<html>welcome</html>"), FaultKind.MALFORMED),
        (gives(b"\xff\xfe"), FaultKind.MALFORMED),
        (gives(completion("colour: blue")), FaultKind.MALFORMED),
        (gives(completion('{"colour": "blue"}'), content_encoding="gzip"), FaultKind.MALFORMED),
        (answers({"color": "blue"}), FaultKind.WRONG_SCHEMA),
        (answers({"colour": ["blue"]}), FaultKind.WRONG_SCHEMA),
        (answers(" \n"), FaultKind.EMPTY),
        (gives(b'{"choices": []}'), FaultKind.MALFORMED),
        (floods(), FaultKind.TOO_LARGE),
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
    ("behaviour", "kind"), [(status(500), FaultKind.FAILED), (resets(), FaultKind.BROKEN_OFF)]
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


def test_a_longer_wait_than_a_draft_is_worth_is_not_waited(
    gateway_to: MakeGateway, prompt: RenderedPrompt
) -> None:
    started = time.monotonic()
    with start_model_server(status(429, retry_after="25")) as model:
        with pytest.raises(ModelFault) as caught:
            gateway_to(model.url, seconds=30).ask(prompt, None, max_tokens=50, message_id=None)

        assert (caught.value.kind, len(model.received)) == (FaultKind.RATE_LIMITED, 1)
    assert time.monotonic() - started < 1


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


def test_the_key_goes_to_the_endpoint_and_no_further(
    gateway_to: MakeGateway, prompt: RenderedPrompt, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-somebody")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Private: yes")
    with start_model_server() as elsewhere, start_model_server(redirects(elsewhere.url)) as model:
        with pytest.raises(ModelFault) as caught:
            gateway_to(model.url).ask(prompt, None, max_tokens=50, message_id=None)

        assert caught.value.kind is FaultKind.REJECTED
        assert elsewhere.received == []
        headers = model.received[0].headers
    assert headers["authorization"] == f"Bearer {KEY}"
    assert set(headers) == {
        "host",
        "authorization",
        "content-type",
        "content-length",
        "accept",
        "accept-encoding",
        "connection",
        "user-agent",
        "x-stainless-raw-response",
    }
    assert KEY not in f"{caught.value} {calls()[0].detail}"


def test_an_endpoint_that_repeats_the_key_does_not_get_it_into_a_row_or_a_traceback(
    gateway_to: MakeGateway, prompt: RenderedPrompt, calls: Calls
) -> None:
    echo = f'{{"error": {{"message": "Incorrect key {KEY}", "code": "{KEY}"}}}}'.encode()
    with start_model_server(gives(echo, 401)) as model, pytest.raises(ModelFault) as caught:
        gateway_to(model.url).ask(prompt, None, max_tokens=50, message_id=None)

    assert KEY not in f"{caught.getrepr(chain=True)}"
    assert KEY not in f"{calls()[0].detail}"


def test_proxies_of_the_environment_are_not_used_for_this_machine(
    gateway_to: MakeGateway, prompt: RenderedPrompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with start_model_server() as model:
        assert gateway_to(model.url).ask(prompt, None, max_tokens=50, message_id=None) == "yes"


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
