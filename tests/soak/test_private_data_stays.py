"""Two thousand made-up values of each kind on the way to somebody else's model: none of them arrives."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from app.drafting.voice import get_voice
from app.drafting.write import write
from app.evaluation.private_messages import VALUES, private_messages
from app.llm.endpoint import Endpoint, ModelKind
from app.llm.gateway import Gateway
from tests.drafting.conftest import task
from tests.drafting.private_model import leaked, told_back
from tests.model_server import answers, start_model_server

pytestmark = pytest.mark.soak

EACH = 2000


def test_none_of_thousands_of_private_values_reaches_the_model(
    engine: Engine, prove: Callable[[str, str], None]
) -> None:
    seen, missing, asked = [], [], 0
    with start_model_server(answers(told_back)) as model:
        gateway = Gateway(Endpoint(ModelKind.ENDPOINT, model.url, "key", "stand-in", 30))
        for marked in private_messages(EACH, seed=2026):
            model.received.clear()
            written = write(
                task(marked.text, network="messenger", public=False, limit=None),
                voice=get_voice("skerry"),
                gateway=gateway,
                measure=len,
                acceptable=lambda text: [],
            )
            asked += len(model.received)
            seen += leaked(model, marked)
            missing += [span.value for span in marked.spans if span.value not in written.text]

    assert asked >= EACH * len(VALUES)
    assert (seen, missing) == ([], [])
    prove("private values kept from an outside model", f"{EACH * len(VALUES)} values, 0 received, 0 lost")
