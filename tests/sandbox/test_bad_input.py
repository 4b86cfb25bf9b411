"""Whatever is sent, the answer is a 4xx that says why, and nothing is stored."""

import json

import pytest

from tests.sandbox_process import SandboxProcess

POST = {"channel": "x", "account": "bad", "text": "Fine"}

BODIES = {
    "empty": b"",
    "truncated": b'{"channel": "x", "acc',
    "not an object": b"[1, 2]",
    "null": b"null",
    "not UTF-8": b'{"text": "\xff\xfe"}',
    "lone surrogate": b'{"channel": "x", "account": "bad", "text": "\\ud800"}',
    "encoded surrogate": b'{"channel": "x", "account": "bad", "text": "\xed\xa0\x80"}',
    "NUL": json.dumps(POST | {"text": "a\0b"}).encode(),
    "NUL in account": json.dumps(POST | {"account": "a\0b"}).encode(),
    "nested": b"[" * 200_000,
    "nested text": json.dumps(POST | {"text": {"a": [{"b": "c"}]}}).encode(),
    "number for text": json.dumps(POST | {"text": 7}).encode(),
    "boolean for account": json.dumps(POST | {"account": True}).encode(),
    "list for channel": json.dumps(POST | {"channel": ["x"]}).encode(),
    "unknown channel": json.dumps(POST | {"channel": "fax"}).encode(),
    "unknown field": json.dumps(POST | {"colour": "red"}).encode(),
    "blank text": json.dumps(POST | {"text": " \n\t"}).encode(),
    "infinite": b'{"channel": "x", "account": "bad", "text": 1e999}',
    "endless name": json.dumps(POST | {"account": "a" * 201}).encode(),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/posts"), ("PATCH", "/posts/1"), ("POST", "/customer-posts"), ("PUT", "/settings")],
    ids=lambda value: str(value),
)
def test_a_body_that_is_wrong_is_refused(
    network: SandboxProcess, method: str, path: str, body: bytes
) -> None:
    posted = len(network.posts())

    answer = network.client.request(method, path, content=body)

    assert answer.status_code in {400, 422}
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert len(network.posts()) == posted
    assert network.ledger()[-1]["event"] == "refused_request"


@pytest.mark.parametrize("sent_at", ["0001-01-01T00:00:00+14:00", "2026-11-23T12:00:00", "soon", 1e300, True])
def test_a_time_that_is_none_is_refused(network: SandboxProcess, sent_at: object) -> None:
    body = {"channel": "x", "author": "@a", "text": "Fine", "sent_at": sent_at}

    assert network.client.post("/customer-posts", json=body).status_code == 422


@pytest.mark.parametrize("size", [1_000_001, 5_000_000])
def test_a_huge_body_is_refused_with_an_answer(network: SandboxProcess, size: int) -> None:
    answer = network.client.post("/posts", content=b" " * size)

    assert answer.status_code == 413


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb"], ids=["empty", "long", "tab"])
def test_an_unusable_idempotency_key_is_refused(network: SandboxProcess, key: str) -> None:
    assert network.publish("Fine", key=key).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PATCH", "/posts/123", 404),
        ("DELETE", "/posts/123", 404),
        ("DELETE", "/posts/%00%ff", 404),
        ("GET", "/nowhere", 404),
        ("DELETE", "/posts", 405),
        ("GET", "/ledger?after=-1", 422),
        ("GET", "/ledger?after=%D9%A1", 422),
        ("GET", "/accounts/%00/posts?since=%00", 422),
        ("GET", "/static/../app.py", 404),
    ],
)
def test_a_wrong_address_is_a_problem_with_a_sentence(
    network: SandboxProcess, method: str, path: str, status: int
) -> None:
    body = b'{"text": "Fine"}' if method == "PATCH" else None

    answer = network.client.request(method, path, content=body)

    assert answer.status_code == status
    assert answer.json()["detail"]


def test_pages_of_other_sites_may_not_write(network: SandboxProcess) -> None:
    answer = network.client.post("/posts", json=POST, headers={"Origin": "http://evil.example"})

    assert answer.status_code == 403
    assert network.client.post("/posts", json=POST, headers={"Origin": network.url}).status_code == 201
