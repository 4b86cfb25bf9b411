import re

import httpx
import pytest
from fastapi.routing import iter_route_contexts

from app.drafting.models import DraftStatus
from app.web.routes import router
from tests.browser import scene
from tests.browser.decided import outcome_of, signers_of, status_of, texts_of
from tests.web.visitors import Visitors

OPEN_TO_STRANGERS = {"GET /sign-in", "POST /sign-in"}
HUGE = str(2**63)


def page_routes() -> set[str]:
    """Every page's method and address, ids filled in."""
    return {
        f"{method} {re.sub(r'{[^}]+}', '1', route.path or '')}"
        for route in iter_route_contexts(router.routes)
        for method in route.methods or ()
    }


def test_strangers_are_sent_to_sign_in_from_every_page_but_that_one(visitors: Visitors) -> None:
    scene.tell("When?", "Soon.")
    nobody = visitors.nobody()

    answers = {one: nobody.client.request(*one.split()) for one in page_routes()}

    assert len(answers) > 15
    let_in = {one for one, answer in answers.items() if not _leads_to_sign_in(answer)}
    assert let_in == OPEN_TO_STRANGERS


def test_a_form_without_its_token_changes_nothing(visitors: Visitors) -> None:
    told = scene.tell("When?", "Soon.")
    agent = visitors.person("agent")
    agent.csrf_token = "of another session"

    posts = [one.split()[1] for one in page_routes() if one.startswith("POST")]
    statuses = {address: agent.post(address).status_code for address in posts if address != "/sign-in"}

    assert set(statuses.values()) == {403}
    assert (status_of(told), texts_of(told)) == (DraftStatus.PROPOSED, ["Soon."])


def test_who_only_keeps_the_faq_may_read_but_decide_nothing(visitors: Visitors) -> None:
    told = scene.tell("When?", "Soon.")
    keeper = visitors.person("gatekeeper")
    page = keeper.get(f"/conversations/{told.conversation_id}")
    assert page.status_code == 200
    assert re.findall(r'action="(/(?:drafts|messages|replies)[^"]*)"', page.text) == []

    draft, message = f"/drafts/{told.draft_id}", f"/messages/{told.message_id}"
    answers = [
        keeper.post(f"{draft}/revisions", text="x", based_on="x"),
        keeper.post(f"{draft}/sign-offs", role="agent", fingerprint="x"),
        keeper.post(f"{draft}/rejection", reason="x"),
        keeper.post(f"{message}/outcome", reason="x"),
        keeper.post(f"{message}/drafts", text="x"),
        keeper.post("/sending", on="false", reason="x"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 6
    assert "Henrik Abebe may not edit drafts" in answers[0].text
    assert (status_of(told), outcome_of(told), signers_of(told)) == (DraftStatus.PROPOSED, None, [])


def test_what_was_typed_comes_back_with_every_refusal(visitors: Visitors) -> None:
    told = scene.tell("When?", "Soon.")
    agent = visitors.person("agent")

    stale = agent.post(f"/drafts/{told.draft_id}/revisions", text="My <words>", based_on="older")
    second = agent.post(f"/messages/{told.message_id}/drafts", text="My own <words>")
    empty = agent.post(f"/drafts/{told.draft_id}/rejection", reason="  ")

    assert [stale.status_code, second.status_code, empty.status_code] == [409, 409, 422]
    assert stale.text.count("My &lt;words&gt;") == 2  # beside theirs, and in the editor
    assert "My own &lt;words&gt;" in second.text
    assert "Give a reason" in empty.text


@pytest.mark.parametrize("address", ["/conversations/999", f"/conversations/{HUGE}", "/conversations/x"])
def test_an_unknown_conversation_is_a_page_with_a_sentence(visitors: Visitors, address: str) -> None:
    answer = visitors.person("agent").get(address)

    assert answer.status_code in {404, 422}
    assert '<main id="main"' in answer.text


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/drafts/1/revisions", {"text": "a\0b", "based_on": "x"}),
        ("/drafts/1/revisions", {"text": "W" * 100_001, "based_on": "x"}),
        ("/drafts/1/revisions", {"text": "x", "based_on": "x", "is_admin": "1"}),
        ("/drafts/1/sign-offs", {"role": "emperor", "fingerprint": "x"}),
        ("/drafts/1/rejection", {"reason": "x" * 2001}),
        ("/deliveries/1/resolution", {"arrived": "perhaps"}),
        ("/sending", {"on": "true"}),
    ],
)
def test_a_form_that_cannot_be_used_is_refused_in_words(
    visitors: Visitors, address: str, fields: dict[str, str]
) -> None:
    answer = visitors.person("agent").post(address, **fields)

    assert answer.status_code == 422
    assert "The field" in answer.text


@pytest.mark.parametrize(
    "after", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil"]
)
def test_signing_in_never_leads_elsewhere(visitors: Visitors, after: str) -> None:
    nobody = visitors.nobody()

    answer = nobody.post("/sign-in", handle="agent", password=scene.PASSWORD, next=after)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_signing_in_leads_back_to_the_page_asked_for(visitors: Visitors) -> None:
    nobody = visitors.nobody()
    asked = nobody.get("/knowledge").headers["location"]

    answer = nobody.post("/sign-in", handle="agent", password=scene.PASSWORD, next="/knowledge")

    assert asked == "/sign-in?next=/knowledge"
    assert answer.headers["location"] == "/knowledge"


def test_files_are_kept_by_digest_only(visitors: Visitors) -> None:
    nobody = visitors.nobody()
    address = re.findall(r'href="(/static/sayso\.css\?v=\w+)"', nobody.get("/sign-in").text)[0]

    assert nobody.get(address).headers["cache-control"] == "public, max-age=31536000, immutable"
    assert nobody.get("/static/sayso.css").headers["cache-control"] == "no-cache"
    assert nobody.get("/static/../pages.py").status_code == 404
    assert nobody.get("/static/%2e%2e/pages.py").status_code == 404


def _leads_to_sign_in(answer: httpx.Response) -> bool:
    return answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")
