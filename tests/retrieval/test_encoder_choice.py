"""The encoder that served last is loaded as it was, and no key goes to a server it was not given for."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.settings import get_settings
from app.embeddings.encoder import get_encoder
from app.retrieval.encoder_choice import (
    FILE,
    EncoderChoice,
    configured,
    last_served_by,
    load_encoder,
    remember,
)
from tests.embeddings.embeddings_server import embeds
from tests.model_server import start_model_server

KEY = "sk-very-secret"


@pytest.fixture
def choice() -> EncoderChoice:
    return EncoderChoice(encoder="https://embeddings.example/v1?key=secret", encoder_model="small-v1")


def configure(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"SAYSO_{name.upper()}", value)
    get_settings.cache_clear()
    get_encoder.cache_clear()


@pytest.fixture(autouse=True)
def _forget_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.undo()
    get_settings.cache_clear()
    get_encoder.cache_clear()


def test_the_last_encoder_is_remembered_for_its_owner_alone(tmp_path: Path, choice: EncoderChoice) -> None:
    assert last_served_by(tmp_path / "vectors") is None

    remember(tmp_path / "vectors", choice)
    remember(tmp_path / "vectors", choice)

    assert last_served_by(tmp_path / "vectors") == choice
    assert [file.name for file in (tmp_path / "vectors").iterdir()] == [FILE]
    assert stat.S_IMODE((tmp_path / "vectors" / FILE).stat().st_mode) == 0o600


def test_the_key_goes_to_the_configured_endpoint_whatever_model_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with start_model_server(embeds()) as server:
        configure(monkeypatch, encoder=server.url, encoder_model="new", encoder_api_key=KEY)
        load_encoder(EncoderChoice(encoder=server.url, encoder_model="old")).encode(["one"])
        load_encoder(configured(get_settings())).encode(["one"])

    sent = [(call.body["model"], call.headers.get("authorization")) for call in server.received]
    assert sent == [("old", f"Bearer {KEY}"), ("new", f"Bearer {KEY}")]


def test_the_new_endpoints_key_is_not_sent_to_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with start_model_server(embeds()) as old, start_model_server(embeds()) as new:
        configure(monkeypatch, encoder=new.url, encoder_model="m", encoder_api_key=KEY)
        load_encoder(EncoderChoice(encoder=old.url, encoder_model="m")).encode(["one"])

    assert [call.headers.get("authorization") for call in old.received] == [None]
