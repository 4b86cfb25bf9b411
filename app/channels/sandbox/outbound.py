"""Posting to the sandbox network over HTTP. Its misbehaviour maps onto the three kinds of failure."""

from datetime import datetime
from typing import Any

import httpx

from app.channels.canonical import canonical_text
from app.channels.outbound import NotAccepted, Refused, Reply, Unknown

UNCLEAR = (httpx.codes.REQUEST_TIMEOUT, httpx.codes.CONFLICT)  # a call with this key may be in progress
CALL_SECONDS = 5.0  # longest wait for an answer; after it the outcome is unknown


class SandboxOutbound:
    """One brand account's way out. Holds one connection pool; threads may share it."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=CALL_SECONDS, trust_env=False)

    def is_idempotent(self) -> bool:
        told = self._read("/capabilities", {})
        return isinstance(told, dict) and told.get("idempotency_keys") is True

    def publish(self, reply: Reply, *, key: str) -> str:
        body = {
            "channel": reply.channel,
            "account": reply.account,
            "in_reply_to": reply.in_reply_to,
            "text": reply.text,
            "visibility": "private" if reply.is_private else "public",
            "recipient": reply.recipient,
        }
        answer = self._write("POST", "/posts", key, body)
        external_id = _json(answer).get("id")
        if not isinstance(external_id, str):
            raise Unknown("The network's answer names no post.")
        return external_id

    def find_post(self, reply: Reply, *, since: datetime, known: frozenset[str]) -> str | None:
        query = {"channel": reply.channel, "since": since.isoformat()}
        if reply.in_reply_to is not None:
            query["in_reply_to"] = reply.in_reply_to
        wanted = canonical_text(reply.text)
        for post_id, text in _posts(self._read(f"/accounts/{reply.account}/posts", query)):
            shown = {canonical_text(text), canonical_text(text, is_html=True)}
            if wanted in shown and post_id not in known:
                return post_id
        return None

    def edit(self, external_id: str, text: str, *, key: str) -> None:
        self._write("PATCH", f"/posts/{external_id}", key, {"text": text})

    def delete(self, external_id: str, *, key: str) -> None:
        try:
            self._write("DELETE", f"/posts/{external_id}", key, None)
        except Refused as refused:
            if not isinstance(refused, AlreadyGone):
                raise

    def _write(self, method: str, path: str, key: str, body: dict[str, Any] | None) -> httpx.Response:
        try:
            answer = self._client.request(method, path, json=body, headers={"Idempotency-Key": key})
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise NotAccepted(f"The network cannot be reached: {error}", retry_after_seconds=None) from error
        except httpx.InvalidURL as error:
            raise Refused(f"The network has no such address: {error}.") from error
        except httpx.HTTPError as error:
            raise Unknown(f"No clear answer after the call left: {type(error).__name__}.") from error
        return _judge(answer)

    def _read(self, path: str, query: dict[str, str]) -> Any:
        try:
            answer = self._client.get(path, params=query)
            answer.raise_for_status()
            return answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Unknown(f"The network cannot be read now: {type(error).__name__}.") from error


def _posts(answer: Any) -> list[tuple[str, str]]:
    """Ids and texts of the posts the network shows. Raises `Unknown` for anything else."""
    try:
        return [(str(post["id"]), str(post["text"])) for post in answer]
    except (KeyError, TypeError) as error:
        raise Unknown("The network's list of our posts cannot be understood.") from error


class AlreadyGone(Refused):
    """The post was there and is deleted (410). A 404 says only that we ask for the wrong one."""


def _judge(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise NotAccepted("The network asks us to wait.", retry_after_seconds=_retry_after(answer))
    if answer.status_code == httpx.codes.GONE:
        raise AlreadyGone("The network deleted this post already.")
    if answer.is_client_error and answer.status_code not in UNCLEAR:
        raise Refused(f"The network refused it: {_json(answer).get('detail') or answer.status_code}.")
    raise Unknown(f"The network answered {answer.status_code}; it may have taken the post all the same.")


def _retry_after(answer: httpx.Response) -> float | None:
    """Seconds to wait, as the header says; None when it is missing or unreadable."""
    try:
        return max(0.0, min(float(answer.headers["Retry-After"]), 3600.0))
    except (KeyError, ValueError):
        return None


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
