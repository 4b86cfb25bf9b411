"""What drafting tests share: the demo's voice, the real encoder, entries, gateways."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from app.drafting.tasks import DraftingTask, Evidence
from app.drafting.voice import Voice, get_voice
from app.embeddings.encoder import Encoder, get_encoder
from app.llm.endpoint import Endpoint, ModelKind
from app.llm.gateway import BUNDLED_MODEL, Gateway
from tests.bundled_model import bundled_model

__all__ = ["bundled_model"]

BIKES = Evidence(
    entry_id="bikes/boat",
    version=2,
    question="Can I take my bike on the boat?",
    answer="Bikes travel on every boat for 4 pounds each way. Book the place at "
    "https://skerryline.example/bikes before you come; without a place we may have to leave the bike behind.",
    public_short="Bikes travel on every boat for 4 pounds each way. "
    "Please book: https://skerryline.example/bikes",
    private_long="Bikes travel on every boat for 4 pounds each way.\nPlease book the place before you come: "
    "https://skerryline.example/bikes",
    score=0.71,
)
DELAYS = Evidence(
    entry_id="delays/letter",
    version=5,
    question="Can I get a letter about a delay?",
    answer="A letter about a delay can be had for 28 days at https://skerryline.example/letter.",
    public_short=None,
    private_long=None,
    score=0.55,
)
BIKE_QUESTION = "bike on the ferry to Brae sunday?"  # no opening of the voice is near it
POLITE = "Hello, could you please tell me when the next boat leaves? Thank you"
ALLOWED = "https://skerryline.example/"


@pytest.fixture(scope="session")
def voice() -> Voice:
    return get_voice("skerry")


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return get_encoder()


@pytest.fixture
def writer(engine: Engine) -> Callable[[str], Gateway]:
    """Makes a gateway to a capable model at an address."""
    return lambda url: Gateway(Endpoint(ModelKind.ENDPOINT, url, "key", "stand-in", 2))


@pytest.fixture
def chooser(engine: Engine) -> Callable[[str], Gateway]:
    """Makes a gateway that treats the model at an address as the bundled one."""
    return lambda url: Gateway(Endpoint(ModelKind.BUNDLED, url, "none", BUNDLED_MODEL, 30))


def task(
    text: str = BIKE_QUESTION,
    *,
    evidence: tuple[Evidence, ...] = (BIKES, DELAYS),
    network: str = "x",
    public: bool = True,
    limit: int | None = 280,
) -> DraftingTask:
    return DraftingTask(7, text, network, public, limit, evidence, ())


def links_are_ours(text: str) -> list[str]:
    """A check as the caller passes it in: foreign links block."""
    links = [word for word in text.split() if word.startswith("http")]
    return [] if all(link.startswith(ALLOWED) for link in links) else ["foreign_link"]
