"""Drafting with somebody else's model: private values never reach it, and still reach the draft."""

from collections.abc import Callable

import pytest

from app.checks.findings import CheckedText, check_text
from app.core.hidden import without_hidden
from app.drafting.models import Strategy
from app.drafting.propose import propose
from app.drafting.tasks import DraftingTask, Proposal
from app.drafting.voice import Voice
from app.embeddings.encoder import Encoder
from app.evaluation.private_messages import private_messages
from app.llm.gateway import Gateway
from tests.drafting.conftest import BIKES, task
from tests.drafting.private_model import leaked, told_back
from tests.model_server import answers, start_model_server

MakeGateway = Callable[[str], Gateway]
Draft = Callable[[DraftingTask, Gateway], Proposal]
PRIVACY = {"private_data", "asks_for_private_data", "placeholders"}
SAID = "I'm anna@mail.example, is my bike allowed?"


@pytest.fixture
def drafted(voice: Voice, encoder: Encoder) -> Draft:
    """Drafts with the checks for private data that a real draft meets."""

    def draft(asked: DraftingTask, gateway: Gateway) -> Proposal:
        def acceptable(text: str) -> list[str]:
            checked = CheckedText(
                text=text,
                network=asked.network,
                public=asked.public,
                sources=(BIKES.answer,),
                customer_text=asked.customer_text,
                allowed_domains=voice.allowed_domains,
                banned_words=voice.banned_words,
            )
            return [found.name for found in check_text(checked) if found.blocks and found.name in PRIVACY]

        return propose(
            asked, voice=voice, gateway=gateway, encoder=encoder, measure=len, acceptable=acceptable
        )

    return draft


def private(said: str) -> DraftingTask:
    return task(said, network="messenger", public=False, limit=2000)


def test_no_generated_value_reaches_the_model_and_all_reach_the_draft(
    writer: MakeGateway, drafted: Draft
) -> None:
    messages = list(private_messages(25, seed=7))
    with start_model_server(answers(told_back)) as model:
        gateway = writer(model.url)
        for marked in messages:
            model.received.clear()
            proposal = drafted(private(marked.text), gateway)

            assert leaked(model, marked) == []
            assert [
                span.value for span in marked.spans if without_hidden(span.value) not in proposal.text
            ] == []
            assert proposal.strategy is Strategy.WRITE
    assert len(messages) == 100


def test_what_was_said_before_is_veiled_alike(writer: MakeGateway, drafted: Draft) -> None:
    asked = DraftingTask(7, "as I said, at that address", "messenger", False, 2000, (BIKES,), (SAID,))
    with start_model_server(answers(told_back)) as model:
        drafted(asked, writer(model.url))

        assert "I'm ⟦EMAIL_1⟧, is my bike allowed?" in model.received[0].user


def test_a_value_put_into_a_public_draft_is_refused_and_not_shown_to_the_model_in_the_repair(
    writer: MakeGateway, drafted: Draft
) -> None:
    with start_model_server(answers(told_back)) as model:
        proposal = drafted(task(SAID), writer(model.url))

        assert [("anna@" in call.user, "⟦EMAIL_1⟧" in call.user) for call in model.received] == [
            (False, True)
        ] * 2
    assert proposal.strategy is Strategy.COMPOSE
    assert "anna" not in proposal.text
    assert "private_data" in (proposal.note or "")


@pytest.mark.parametrize(
    "garbled", ["⟦EMAIL_2⟧", "⟦EMAIL_1", "[EMAIL_1]", "EMAIL_1", "⟦email_1⟧", "⟦PHONE_1⟧⟦"]
)
def test_a_placeholder_that_the_model_invented_or_garbled_is_refused(
    garbled: str, writer: MakeGateway, drafted: Draft
) -> None:
    reply = {"sentences": [{"text": f"We write to {garbled}.", "entries": ["bikes/boat"]}]}
    with start_model_server(answers(reply)) as model:
        proposal = drafted(private(SAID), writer(model.url))

        assert len(model.received) == 2
    assert proposal.strategy is Strategy.COMPOSE
    assert "placeholders" in (proposal.note or "")
