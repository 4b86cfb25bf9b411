"""What an endpoint is told, and what of its words we keep: the key goes nowhere else."""

from collections.abc import Callable

import pytest

from app.llm.faults import FaultKind, ModelFault
from app.llm.gateway import Gateway
from app.llm.models import ModelCall
from app.llm.prompts import RenderedPrompt
from tests.llm.conftest import KEY
from tests.model_server import gives, redirects, start_model_server

MakeGateway = Callable[..., Gateway]
Calls = Callable[[], list[ModelCall]]


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
