"""Handing in messages over HTTP, several at once, each client on one kept connection."""

import http.client
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

CLIENTS = 8


def hand_in(url: str, token: str, bodies: Sequence[dict[str, Any]]) -> None:
    """POST them all. Raises `RuntimeError` at the first answer that is no 202."""
    shares = [bodies[client::CLIENTS] for client in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda share: _hand_in(url, token, share), shares))


def _hand_in(url: str, token: str, bodies: Sequence[dict[str, Any]]) -> None:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for body in bodies:
        connection.request("POST", "/api/messages", json.dumps(body), headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != http.client.ACCEPTED:
            raise RuntimeError(f"{answer.status} instead of 202: {said[:500]!r}")
    connection.close()
