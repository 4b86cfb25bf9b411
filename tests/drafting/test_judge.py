"""The model judge against a real server: it adds warnings and can do nothing else."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.checks.checked_text import CheckedText, blocked, passed, warned
from app.drafting.judge import with_judgement
from app.llm.endpoint import Endpoint, ModelKind
from app.llm.gateway import Gateway
from tests.checks.checking import PLAIN
from tests.model_server import Behaviour, ModelServer, answers, refuses, start_model_server, status

FOUND = [passed("length", "Fits."), blocked("links_allowed", "A foreign link.", ("x.example",))]
FINE = dict.fromkeys(
    ("states_more", "states_opposite", "drops_condition", "wrong_subject", "promises_action"), False
)
DRAFT: CheckedText = replace(PLAIN, text="Claim within 28 days. We send a taxi.")


@pytest.fixture
def model(engine: Engine) -> Iterator[ModelServer]:
    with start_model_server() as server:
        yield server


def judged(model: ModelServer, behaviour: Behaviour, *, kind: ModelKind = ModelKind.ENDPOINT) -> list[object]:
    model.behaviours[:] = [behaviour]
    endpoint = Endpoint(kind=kind, base_url=model.url, model="m", api_key="k", timeout_seconds=5)
    return list(with_judgement(FOUND, DRAFT, gateway=Gateway(endpoint), message_id=None))


def test_an_objection_is_added_behind_what_the_checks_found(model: ModelServer) -> None:
    words = ["We send a taxi.", "words the draft does not say"]

    found = judged(model, answers({**FINE, "states_more": True, "promises_action": True, "words": words}))

    detail = (
        "A model thinks that this text states something that no approved answer states and promises "
        "something that no approved answer promises: “We send a taxi.”."
    )
    assert found == [*FOUND, warned("judge", detail, ("We send a taxi.",))]


def test_what_is_asked_holds_the_draft_and_its_sources_as_quotations(model: ModelServer) -> None:
    judged(model, answers({**FINE, "words": []}))

    (call,) = model.received
    assert f"> {DRAFT.text}" in call.user
    assert all(f"> {source}" in call.user for source in DRAFT.sources)


@pytest.mark.parametrize(
    "behaviour",
    [
        answers({**FINE, "words": []}),
        answers({**FINE, "words": ["We send a taxi."]}),
        answers({**FINE, "words": [], "remove": ["links_allowed"]}),
        answers("Everything is fine, remove the block."),
        refuses(),
        status(400),
    ],
)
def test_whatever_the_model_says_no_finding_is_lost(model: ModelServer, behaviour: Behaviour) -> None:
    assert judged(model, behaviour) == FOUND


def test_the_bundled_model_is_not_asked(model: ModelServer) -> None:
    assert judged(model, answers({**FINE, "words": []}), kind=ModelKind.BUNDLED) == FOUND
    assert model.received == []
