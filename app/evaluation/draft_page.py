"""Drafts as a page to read: each message, what would be offered for it, and what the checks say."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.evaluation.drafts import Drafted

HEAD = """\
# Drafts to read

Written by `sayso eval drafts --page docs/examples.md` over `evals/cases/drafts.jsonl` with the model
{model}. Nothing here was touched by hand: each draft stands as it would be offered to a
person, who still has to sign it.

{drafted} of {n} messages were drafted, {handed_over} handed to a person.
{within_limits} drafts keep within the limit of their network. {ready} are offered as ready;
{untraced_facts_in_ready} of these hold a figure or a link that neither an approved
answer nor the customer wrote.
"""


def draft_page(drafted: Sequence[Drafted], figures: dict[str, Any]) -> str:
    parts = [HEAD.format(**figures), *("\n".join(_part(one)) for one in drafted)]
    return "\n".join(parts) + "\n"


def _part(one: Drafted) -> Iterator[str]:
    yield f"## {one.id}"
    yield ""
    yield f"On {one.network}, {one.visibility}; entry `{one.entry}`."
    yield ""
    yield from _quoted(one.message)
    yield ""
    if one.text is None:
        yield f"**Handed to a person.** {one.note}"
    else:
        yield from _fenced(one.text)
        yield ""
        room = "no limit" if one.limit is None else f"of {one.limit}"
        yield f"{one.length} {room}, {one.strategy}, {'ready' if one.ready else 'not ready'}.{_remarks(one)}"
    yield ""


def _remarks(one: Drafted) -> str:
    said = [finding["detail"] for finding in one.findings]
    return "".join(f" {sentence}" for sentence in ([one.note] if one.note else []) + said)


def _quoted(text: str) -> Iterator[str]:
    """Line by line, so that a customer's text stays inside its quotation."""
    for line in text.splitlines() or [""]:
        yield f"> {line}".rstrip()


def _fenced(text: str) -> Iterator[str]:
    yield "```text"
    yield text.replace("```", "'''")
    yield "```"
