"""Nothing private leaves for a model that is not ours, whoever asks it and however."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Engine

from app.core.errors import InvalidInput
from app.llm.endpoint import Endpoint, ModelKind
from app.llm.gateway import Gateway
from app.llm.prompts import Prompt, PromptFile, RenderedPrompt
from app.llm.veiling import veiled
from tests.model_server import answers, start_model_server

MakeGateway = Callable[..., Gateway]
MAIL = "anna@mail.example"


class Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    parts: list[str]


@dataclass(frozen=True)
class Passage:
    text: str


PROMPT = Prompt(
    PromptFile(
        name="p",
        purpose="test",
        system="For {{ brand }}.",
        user="{{ passages[0].text }} | {{ said | join(' | ') }} | {{ number }}",
        variables=["brand", "passages", "said", "number"],
        approved=["passages"],
    ),
    "0123456789ab",
)


def rendered(*said: str) -> RenderedPrompt:
    return PROMPT.render(brand="Ours", passages=[Passage("Call 01632 960130")], said=said, number=7)


def test_an_outside_model_sees_placeholders_and_the_caller_sees_the_values(gateway_to: MakeGateway) -> None:
    with start_model_server(answers({"parts": ["To ⟦EMAIL_1⟧", "or ⟦EMAIL_9⟧"]})) as model:
        answer = gateway_to(model.url).ask(rendered(f"I am {MAIL}"), Said, max_tokens=9, message_id=None)

        assert model.received[0].user == "Call 01632 960130 | I am ⟦EMAIL_1⟧ | 7"
    assert answer == Said(parts=[f"To {MAIL}", "or ⟦EMAIL_9⟧"])


def test_what_the_brand_approved_is_not_hidden_in_what_others_say(gateway_to: MakeGateway) -> None:
    with start_model_server(answers("⟦PHONE_1⟧")) as model:
        gateway_to(model.url).ask(
            rendered("01632 960130?", "01632 960999!"), None, max_tokens=9, message_id=None
        )

        assert model.received[0].user == "Call 01632 960130 | 01632 960130? | ⟦PHONE_1⟧! | 7"


def test_a_prompt_without_template_is_veiled_as_a_whole(gateway_to: MakeGateway) -> None:
    plain = RenderedPrompt("p", "0123456789ab", f"For {MAIL}", f"From {MAIL}")
    with start_model_server(answers("Dear ⟦EMAIL_1⟧")) as model:
        answer = gateway_to(model.url).ask(plain, None, max_tokens=9, message_id=None)

        assert [message["content"] for message in model.received[0].body["messages"]] == [
            "For ⟦EMAIL_1⟧",
            "From ⟦EMAIL_1⟧",
        ]
    assert answer == f"Dear {MAIL}"


def test_the_bundled_model_on_this_machine_reads_the_words_themselves(engine: Engine) -> None:
    with start_model_server(answers("yes")) as model:
        gateway = Gateway(Endpoint(ModelKind.BUNDLED, model.url, "none", "bundled", 2))
        gateway.ask(rendered(f"I am {MAIL}"), None, max_tokens=9, message_id=None)

        assert MAIL in model.received[0].user


def test_what_cannot_be_looked_into_is_not_sent() -> None:
    with pytest.raises(InvalidInput, match="A set cannot be veiled"):
        veiled(PROMPT.render(brand="Ours", passages=[Passage("")], said={MAIL}, number=7))
