"""What tests of models share: a prompt, gateways, and the rows that calls leave."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.llm.endpoint import Endpoint, ModelKind
from app.llm.gateway import Gateway
from app.llm.models import ModelCall
from app.llm.prompts import RenderedPrompt
from tests.bundled_model import bundled_model

__all__ = ["bundled_model"]

KEY = "sk-a-key-that-nobody-else-may-see"


@pytest.fixture
def prompt() -> RenderedPrompt:
    return RenderedPrompt("greeting", "0123456789ab", "Be brief.", "Say yes.")


@pytest.fixture
def gateway_to(engine: Engine) -> Callable[..., Gateway]:
    """Makes a gateway to an address, with a short time-out."""

    def make(url: str, *, seconds: float = 2.0) -> Gateway:
        return Gateway(Endpoint(ModelKind.ENDPOINT, url, KEY, "stand-in", seconds))

    return make


@pytest.fixture
def calls(engine: Engine) -> Callable[[], list[ModelCall]]:
    """The rows of the calls so far."""

    def read() -> list[ModelCall]:
        with Session(engine) as session:
            return list(session.scalars(select(ModelCall).order_by(ModelCall.id)))

    return read
