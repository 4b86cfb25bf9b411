"""What the API promises as a whole: who may enter, who may do what, how it refuses."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.core.clock import utc_now
from app.core.database import transaction
from app.main import make_app
from app.staff.models import PersonalToken
from tests.api.programs import Api, new_message, propose

PUBLIC = {"/healthz", "/readyz", "/metrics"}
LARGEST_BIGINT = 2**63 - 1
BODIES: dict[str, dict[str, Any]] = {
    "/api/messages": new_message(),
    "/api/messages/{message_id}/answer": {"text": "At 21:40."},
    "/api/messages/{message_id}/acknowledgement": {},
    "/api/messages/{message_id}/ignore": {"reason": "A joke"},
    "/api/drafts/{draft_id}": {"text": "At 21:40.", "based_on": "f"},
    "/api/drafts/{draft_id}/sign-offs": {"role": "agent", "fingerprint": "f"},
    "/api/drafts/{draft_id}/rejection": {"reason": "Wrong"},
    "/api/messages/{message_id}/judgements": {"verdict": "none_fits"},
    "/api/judgements/{judgement_id}/withdrawal": {},
    "/api/replies/{message_id}/correction": {"text": "At 22:10."},
    "/api/replies/{message_id}/deletion": {},
    "/api/deliveries/{delivery_id}/resolution": {"arrived": False},
    "/api/sending": {"on": True, "reason": "Ready"},
}
# Who is turned away with 403, by method and path: the shape of staff/permissions seen from outside.
TURNED_AWAY = [
    ("POST", "/api/messages", {"legal", "gatekeeper"}),
    ("GET", "/api/conversations/{conversation_id}", {"network"}),
    ("GET", "/api/queue", {"network"}),
    ("POST", "/api/messages/{message_id}/answer", {"legal", "gatekeeper", "network"}),
    ("POST", "/api/messages/{message_id}/acknowledgement", {"legal", "gatekeeper", "network"}),
    ("POST", "/api/messages/{message_id}/ignore", {"legal", "gatekeeper", "network"}),
    ("PATCH", "/api/drafts/{draft_id}", {"gatekeeper", "network"}),
    ("POST", "/api/drafts/{draft_id}/rejection", {"gatekeeper", "network"}),
    ("POST", "/api/messages/{message_id}/judgements", {"legal", "network"}),
    ("POST", "/api/judgements/{judgement_id}/withdrawal", {"legal", "network"}),
    ("POST", "/api/replies/{message_id}/correction", {"legal", "gatekeeper", "network"}),
    ("POST", "/api/replies/{message_id}/deletion", {"legal", "gatekeeper", "network"}),
    ("POST", "/api/deliveries/{delivery_id}/resolution", {"legal", "gatekeeper", "network"}),
    ("GET", "/api/sending", {"network"}),
    ("PUT", "/api/sending", {"gatekeeper", "network"}),
]


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in make_app().openapi()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def ask(client: httpx.Client, method: str, path: str, *, each_id: int = 1) -> httpx.Response:
    """A valid request for this operation."""
    for name in ("message_id", "conversation_id", "draft_id", "delivery_id", "judgement_id"):
        path = path.replace(f"{{{name}}}", str(each_id))
    return client.request(method, path, json=BODIES.get(path_template(path)) if method != "GET" else None)


def path_template(path: str) -> str:
    """The key of `BODIES` that this path belongs to."""
    parts = path.split("/")
    return next(
        known
        for known in BODIES
        if len(known.split("/")) == len(parts)
        and all(k.startswith("{") or k == part for k, part in zip(known.split("/"), parts, strict=True))
    )


def test_strangers_reach_nothing_but_the_public_addresses(api: Api) -> None:
    propose()

    answered = {(method, path): ask(api.nobody, method, path) for method, path, _ in operations()}

    open_to_all = {path for (_, path), answer in answered.items() if answer.status_code != 401}
    assert open_to_all == PUBLIC
    assert len(answered) > len(PUBLIC)
    for (_, path), answer in answered.items():
        if path not in PUBLIC:
            assert answer.headers["www-authenticate"] == 'Bearer realm="sayso"'
            assert answer.json()["status"] == 401


def test_a_revoked_token_and_a_token_of_nobody_are_refused(api: Api) -> None:
    with transaction() as session:
        for token in session.query(PersonalToken):
            token.revoked_at = utc_now()

    assert api.agent.get("/api/queue").status_code == 401
    assert api.nobody.get("/api/queue", headers={"Authorization": "Bearer sayso_x"}).status_code == 401
    assert api.nobody.get("/api/queue", headers={"Authorization": "Basic YTpi"}).status_code == 401


def test_who_may_not_do_something_is_told_who_may(api: Api) -> None:
    assert {(method, path) for method, path, _ in TURNED_AWAY} == {
        (method, path)
        for method, path, _ in operations()
        if path not in PUBLIC and not path.endswith("sign-offs")
    }
    for method, path, expected in TURNED_AWAY:
        answers = {
            handle: ask(api.as_(handle), method, path, each_id=LARGEST_BIGINT)
            for handle in ("agent", "legal", "lead", "gatekeeper", "network")
        }
        refused = {handle for handle, answer in answers.items() if answer.status_code == 403}
        assert (method, path, refused) == (method, path, expected)
        assert all("That takes the role" in answers[handle].json()["detail"] for handle in expected)


def test_nobody_signs_in_a_role_they_do_not_have(api: Api) -> None:
    proposed = propose()
    body = {"role": "agent", "fingerprint": proposed.fingerprint}

    for handle in ("legal", "gatekeeper", "network"):
        answer = api.as_(handle).post(f"/api/drafts/{proposed.draft_id}/sign-offs", json=body)
        assert answer.status_code == 403


def test_what_does_not_exist_is_not_found(api: Api) -> None:
    for method, path, _ in operations():
        if "{" in path:
            answer = ask(api.as_("lead"), method, path, each_id=LARGEST_BIGINT)
            assert (path, answer.status_code) == (path, 404)
            assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("bad", ["0", "-1", "abc", str(2**63), "9" * 5000, "1.5", "%00"])
def test_an_address_that_names_no_id_is_refused(api: Api, bad: str) -> None:
    assert api.agent.get(f"/api/conversations/{bad}").status_code == 422


def test_unknown_addresses_and_methods_are_problems_too(api: Api) -> None:
    nowhere, wrong = api.agent.get("/api/nowhere"), api.agent.delete("/api/queue")

    assert (nowhere.status_code, wrong.status_code) == (404, 405)
    assert nowhere.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address.",
    }
    assert wrong.headers["allow"] == "GET"


def test_every_guarded_operation_documents_its_refusals() -> None:
    guarded = [(m, p, o) for m, p, o in operations() if p not in PUBLIC]

    assert len(guarded) == len(TURNED_AWAY) + 1
    for method, path, operation in guarded:
        expected = {"401", "403", "404", "422", "503"} | ({"400", "409", "413"} if method != "GET" else set())
        problems = {
            status
            for status, answer in operation["responses"].items()
            if list(answer.get("content", {})) == ["application/problem+json"]
        }
        assert (path, problems) == (path, expected)
        assert operation["security"] == [{"HTTPBearer": []}]
        assert operation["description"]
    assert {path for _, path, _ in operations()} - {path for _, path, _ in guarded} == PUBLIC


def test_openapi_is_served(api: Api) -> None:
    assert api.nobody.get("/api/openapi.json").json()["info"]["title"] == "Sayso"
