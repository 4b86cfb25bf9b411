"""The examples of docs/api.md, sent as they stand."""

import re
import shlex

import httpx

from app.conversations.models import Message
from app.core.clock import utc_now
from app.core.database import transaction
from app.core.settings import CHECKOUT
from app.core.workers import beat
from tests.api.programs import Api
from tests.api.test_contract import operations
from tests.factories import make_draft, make_message, make_posted_reply, make_uncertain_delivery

EXAMPLE = re.compile(r"```bash\n(curl .*?)```", re.DOTALL)
PAGE = CHECKOUT / "docs" / "api.md"


def test_every_example_is_answered_and_every_address_has_one(api: Api) -> None:
    first, *others = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))
    answers = [send(first, api)]
    make_what_the_page_speaks_of()
    answers += [send(example, api) for example in others]

    assert [(answer.url.path, answer.text) for answer in answers if not answer.is_success] == []
    asked = {(answer.request.method, re.sub(r"\d+", "{}", answer.url.path)) for answer in answers}
    assert asked == {(method, re.sub(r"{\w+}", "{}", path)) for method, path, _ in operations()}


def make_what_the_page_speaks_of() -> None:
    """The page's first example made message 1; these get the numbers that the other examples name."""
    with transaction() as session:
        make_draft(session, session.get_one(Message, 1))
        second, _third = make_message(session), make_message(session)
        make_draft(session, second)
        make_posted_reply(session, second)
        make_posted_reply(session, make_message(session))
        make_uncertain_delivery(session, make_draft(session, make_message(session)))
        beat(session, "w", started_at=utc_now(), at=utc_now(), index_entries=60, model="answered")


def send(example: str, api: Api) -> httpx.Response:
    """What curl would send: -H headers, -d body, -X method."""
    words = {"SAYSO": api.url, "TOKEN": api.agent.headers["Authorization"].removeprefix("Bearer ")}
    words["FINGERPRINT"] = fingerprint_of_draft_1(api)
    for name, value in words.items():
        example = example.replace(f"${name}", value)
    _, silent, *arguments = shlex.split(example.replace("\\\n", " "))
    assert silent == "-s"
    flags = [(flag, arguments[at + 1]) for at, flag in enumerate(arguments) if flag in {"-H", "-X", "-d"}]
    url = next(argument for argument in arguments if argument.startswith(api.url))
    headers = dict(value.split(": ", 1) for flag, value in flags if flag == "-H")
    options = dict(flags)
    method = options.get("-X", "POST" if "-d" in options else "GET")
    return api.nobody.request(method, url, content=options.get("-d"), headers=headers)


def fingerprint_of_draft_1(api: Api) -> str:
    answer = api.agent.get("/api/conversations/1")
    drafts = answer.json()["drafts"] if answer.is_success else []
    return drafts[0]["revision"]["fingerprint"] if drafts else ""
