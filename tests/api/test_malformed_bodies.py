"""Whatever is sent to any address that takes a body, the answer is a refusal in words and never a crash."""

import json
import math
from collections.abc import Iterator
from typing import Any

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.programs import JSON, Api, propose
from tests.api.test_contract import BODIES, operations

MEBIBYTE = 1024 * 1024
WRITES = [(method, path.replace("_id}", "}")) for method, path, _ in operations() if method != "GET"]

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.characters(categories=["Cs"])
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)


def body_of(path: str) -> dict[str, Any]:
    return BODIES[next(known for known in BODIES if known.replace("_id}", "}") == path)]


def send(api: Api, method: str, path: str, body: bytes | Iterator[bytes], **headers: str) -> httpx.Response:
    for name in ("message", "draft", "delivery"):
        path = path.replace(f"{{{name}}}", "1")
    answer = api.as_("lead").request(method, path, content=body, headers=JSON | headers)
    assert answer.status_code < 500, (method, path, answer.text)
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"].endswith(".")
    return answer


def shapes(valid: dict[str, Any]) -> Iterator[bytes]:
    """Bodies that are wrong as a whole."""
    whole = json.dumps(valid).encode()
    yield from (whole[:length] for length in range(len(whole) - 1))
    yield from (
        b"\0",
        b"\xff\xfe\0",
        b"\xed\xa0\x80",
        b"null",
        b"[]",
        b'"text"',
        b"7",
        b"true",
        b"NaN",
        b"{]",
    )
    yield from (b"[" * 10_000, b"[" * 10_000 + b"]" * 10_000, b'{"a":' * 10_000 + b"1" + b"}" * 10_000)
    yield b'{"text":' + b"[" * 900 + b"]" * 900 + b"}"
    yield b'{"text":' + b"9" * 5_000 + b"}"
    yield b'{"reason":1e999999}'
    yield b'{"\\ud800\\u0000":1}'
    yield whole + whole
    yield whole.decode().encode("utf-16-be")[1:]


def test_bodies_of_a_wrong_shape_are_refused(api: Api) -> None:
    propose()
    for method, path in WRITES:
        statuses = {send(api, method, path, body).status_code for body in shapes(body_of(path))}
        takes_none = path.endswith(("deletion", "acknowledgement"))
        optional = {201, 404, 409} if takes_none else set()
        assert statuses - optional == {400, 422}, (path, statuses)


def test_fields_of_any_kind_are_refused_or_taken(api: Api) -> None:
    propose()

    @settings(max_examples=400, deadline=None, database=None, derandomize=True)
    @given(write=st.sampled_from(WRITES), changes=st.data())
    def never_crashes(write: tuple[str, str], changes: st.DataObject) -> None:
        method, path = write
        valid = body_of(path)
        names = st.sampled_from(sorted(valid)) if valid else st.text()
        changed = valid | changes.draw(st.dictionaries(names | st.text(), values, min_size=1, max_size=3))
        send(api, method, path, json.dumps(changed).encode())

    never_crashes()


def test_a_number_is_never_taken_for_text(api: Api) -> None:
    for method, path in WRITES:
        for name, value in body_of(path).items():
            for wrong in (7, 7.5, math.inf, [value], {"x": value}, not isinstance(value, bool) or "yes"):
                body = json.dumps(body_of(path) | {name: wrong}).encode()
                assert (path, name, send(api, method, path, body).status_code) == (path, name, 422)


def test_nul_and_half_characters_are_refused_in_every_field(api: Api) -> None:
    for method, path in WRITES:
        for name, value in body_of(path).items():
            if isinstance(value, bool) or (path, name) == ("/api/messages", "text"):
                continue
            for wrong in (f"{value}\0", f"{value}\ud800", f"\udfff{value}"):
                body = json.dumps(body_of(path) | {name: wrong}).encode()
                answer = send(api, method, path, body)
                assert (path, name, answer.status_code) == (path, name, 422)
                assert answer.json()["errors"][0]["field"] == name


def test_more_than_a_mebibyte_is_refused_announced_or_not(api: Api) -> None:
    def in_chunks() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * (MEBIBYTE // 20)

    for method, path in WRITES:
        announced = send(api, method, path, b" " * (MEBIBYTE + 1))
        chunked = send(api, method, path, in_chunks())
        assert (path, announced.status_code, chunked.status_code) == (path, 413, 413)
    largest = send(api, "POST", "/api/messages", b" " * (MEBIBYTE - 2) + b"{}")
    assert largest.status_code == 422


def test_bodies_that_are_not_said_to_be_json_are_refused(api: Api) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for method, path in WRITES:
        answer = send(api, method, path, json.dumps(body_of(path)).encode(), **form)
        assert (path, answer.status_code) == (path, 422)
