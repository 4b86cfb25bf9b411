"""A capable model's second look at a draft. It can only add findings; what code found stands."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from app.checks.checked_text import CheckedText, Finding, quoted, warned
from app.llm.endpoint import ModelKind
from app.llm.faults import ModelFault
from app.llm.gateway import Gateway
from app.llm.prompts import render_prompt

NAME = "judge"
MOST_TOKENS = 2000  # models that think before they answer spend most of it on that
MOST_WORDS = 5  # passages shown
SAYS = {
    "states_more": "states something that no approved answer states",
    "states_opposite": "states the opposite of an approved answer",
    "drops_condition": "leaves out a condition",
    "wrong_subject": "speaks of something else than the approved answer",
    "promises_action": "promises something that no approved answer promises",
}


class Judgement(BaseModel):
    model_config = ConfigDict(extra="forbid")

    states_more: bool
    states_opposite: bool
    drops_condition: bool
    wrong_subject: bool
    promises_action: bool
    words: list[str]


def with_judgement(
    findings: Sequence[Finding], checked: CheckedText, *, gateway: Gateway, message_id: int | None
) -> list[Finding]:
    """The findings, all of them unchanged, and behind them what the model objects to.

    Asks only a model that is configured as an endpoint, and only where there is something to compare with.
    A model that fails adds nothing. What it quotes is shown only where the draft says it.
    """
    if gateway.kind is not ModelKind.ENDPOINT or not any(source.strip() for source in checked.sources):
        return list(findings)
    prompt = render_prompt(
        "judge", sources=checked.sources, customer_text=checked.customer_text, text=checked.text
    )
    try:
        judgement = gateway.ask(prompt, Judgement, max_tokens=MOST_TOKENS, message_id=message_id)
    except ModelFault:
        return list(findings)
    return [*findings, *_findings(judgement, checked.text)]


def _findings(judgement: Judgement, text: str) -> list[Finding]:
    objections = [words for name, words in SAYS.items() if getattr(judgement, name)]
    if not objections:
        return []
    words = tuple(one for one in judgement.words if one.strip() and one in text)[:MOST_WORDS]
    place = f": {quoted(words)}" if words else ""
    return [warned(NAME, f"A model thinks that this text {' and '.join(objections)}{place}.", words)]
