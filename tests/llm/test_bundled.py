"""The bundled model for real: its weights, its server, its end."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import pytest
from pydantic import BaseModel
from sqlalchemy import Engine

from app.llm.bundled import SHA256, ModelUnusable, packaged_weights, verified_weights
from app.llm.endpoint import Endpoint, ModelKind
from app.llm.gateway import BUNDLED_MODEL, Gateway
from app.llm.models import ModelCall
from app.llm.prompts import RenderedPrompt
from tests.bundled_model import free_port, start_bundled_model


class Colour(BaseModel):
    colour: str


@pytest.fixture
def gateway(bundled_model: str, engine: Engine) -> Gateway:
    return Gateway(Endpoint(ModelKind.BUNDLED, bundled_model, "none", BUNDLED_MODEL, 30))


def test_the_packaged_weights_are_the_ones_we_know() -> None:
    path = packaged_weights()

    assert verified_weights(path, SHA256) == path


def test_other_weights_are_refused_with_a_sentence(tmp_path: Path) -> None:
    weights = tmp_path / "weights.gguf"
    weights.write_bytes(b"GGUF but not ours")

    with pytest.raises(ModelUnusable, match="is not the model that was tested"):
        verified_weights(weights, SHA256)


def test_it_answers_under_a_grammar(gateway: Gateway, prompt: RenderedPrompt) -> None:
    answer = gateway.ask(prompt, None, grammar='root ::= "sea" | "land"', max_tokens=8, message_id=None)

    assert answer in {"sea", "land"}


def test_it_answers_in_a_schema(
    gateway: Gateway, prompt: RenderedPrompt, calls: Callable[[], list[ModelCall]]
) -> None:
    answer = gateway.ask(prompt, Colour, max_tokens=60, message_id=None)

    assert isinstance(answer.colour, str)
    (row,) = calls()
    assert (row.model, row.outcome) == (BUNDLED_MODEL, "answered")
    assert (row.input_tokens or 0) > 0
    assert (row.output_tokens or 0) > 0


def test_a_probe_finds_it(gateway: Gateway) -> None:
    assert (gateway.is_reachable(), gateway.probe()) == (True, "answered")


def test_it_listens_on_this_machine_only_and_shows_nobodys_words(bundled_model: str) -> None:
    port = int(bundled_model.split(":")[2].split("/")[0])
    listening = {
        address.ip
        for connection in psutil.net_connections("inet")
        if (address := connection.laddr) and address.port == port
        if connection.status == psutil.CONN_LISTEN
    }

    assert listening == {"127.0.0.1"}
    assert httpx.get(f"http://127.0.0.1:{port}/slots", trust_env=False).status_code == 501


def test_it_ends_when_it_is_told_to() -> None:
    with start_bundled_model() as model:
        model.process.send_signal(signal.SIGTERM)

        assert model.process.wait(10) == 0


def test_it_ends_when_its_starter_is_killed() -> None:
    port = free_port()
    starter_code = (
        "import subprocess, sys, time;"
        f"p = subprocess.Popen([sys.executable, '-m', 'app.llm.bundled', '--port', '{port}']);"
        "print(p.pid, flush=True); time.sleep(60)"
    )
    starter = subprocess.Popen([sys.executable, "-c", starter_code], stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    server = psutil.Process(int(starter.stdout.readline()))
    time.sleep(2)  # past the moment in which it notes who its starter is

    starter.kill()
    starter.wait()
    starter.stdout.close()

    _, alive = psutil.wait_procs([server], timeout=15)
    for left in alive:
        left.kill()
    assert alive == []
