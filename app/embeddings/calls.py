"""One call to an endpoint, bounded in time and in bytes, and every way it can end."""

from time import monotonic
from typing import Any

import httpx

from app.core.clock import utc_now
from app.core.retry_after import retry_after

MOST_BYTES = 32_000_000  # of one answer; 32 vectors of 4,096 numbers are about 3 million


class CallFailed(Exception):
    """What happened and what to do about it. Never repeats the server's own words: some repeat the key."""

    def __init__(
        self, happened: str, next_step: str, *, may_pass: bool = False, asked_seconds: float | None = None
    ) -> None:
        super().__init__(f"{happened} {next_step}")
        self.may_pass = may_pass  # by asking again
        self.asked_seconds = asked_seconds  # how long the server wants to be left alone


def post(client: httpx.Client, url: str, payload: dict[str, Any], *, seconds: float) -> bytes:
    """A good answer's body, all of it within `seconds` however steadily it drips. Raises `CallFailed`."""
    until = monotonic() + seconds
    try:
        with client.stream("POST", url, json=payload) as answer:
            if answer.status_code != 200:
                raise _refusal(answer)
            return _body(answer, seconds=seconds, until=until)
    except httpx.TimeoutException as error:
        raise _too_slow(seconds) from error
    except httpx.TransportError as error:
        raise CallFailed(
            "It does not take connections, or broke one off.",
            "Check the address in SAYSO_ENCODER and that the server runs.",
            may_pass=True,
        ) from error
    except httpx.HTTPError as error:  # such as a compressed body that is none
        raise CallFailed("Its answer cannot be read.", "Check that SAYSO_ENCODER is its API.") from error


def _body(answer: httpx.Response, *, seconds: float, until: float) -> bytes:
    body = bytearray()
    for chunk in answer.iter_bytes():
        body += chunk
        if len(body) > MOST_BYTES:
            raise CallFailed(f"It answers with more than {MOST_BYTES:,} bytes.", "Check that it is its API.")
        if monotonic() > until:
            raise _too_slow(seconds)
    return bytes(body)


def _too_slow(seconds: float) -> CallFailed:
    return CallFailed(
        f"No whole answer came within {seconds:g} seconds.",
        "See whether it is overloaded, or raise SAYSO_ENCODER_TIMEOUT_SECONDS.",
    )


def _refusal(answer: httpx.Response) -> CallFailed:
    status = answer.status_code
    if status == 429:
        asked = retry_after(answer.headers.get("retry-after"), at=utc_now())
        step = "Wait, or raise the limit of calls there."
        return CallFailed("It asks for fewer calls (429).", step, may_pass=True, asked_seconds=asked)
    if status >= 500:
        asked = retry_after(answer.headers.get("retry-after"), at=utc_now())
        step = "Look at that server's log."
        return CallFailed(f"It failed ({status}).", step, may_pass=True, asked_seconds=asked)
    if status in {401, 403}:
        return CallFailed(f"It does not accept the key ({status}).", "Correct SAYSO_ENCODER_API_KEY.")
    return CallFailed(
        f"It does not accept the call ({status}).",
        "Check that SAYSO_ENCODER ends where /embeddings follows, often /v1, "
        "and that SAYSO_ENCODER_MODEL is a model it has.",
    )
