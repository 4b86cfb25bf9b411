"""What happens to a write under each mode: is it stored, and what does the sender see."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from sandbox.connections import ConnectionReset, Silence
from sandbox.events import RequestRefused
from sandbox.network import Network
from sandbox.problems import Problem, problem_response
from sandbox.settings import Mode, Settings

LONGEST_LOGGED_PATH = 200


def perform(
    network: Network, request: Request, write: Callable[[Mode | None], Response], *, at: datetime
) -> Response:
    """Do the write, or not, and answer as the current mode wants it.

    Exactly one ledger line is recorded either way; it carries the mode, so that
    counting down `next_n` survives a restart.
    """
    settings = network.settings
    if settings.mode is Mode.NORMAL:
        return write(None)
    if settings.stores_before_failing:
        write(settings.mode)
    else:
        status = STATUS_SEEN.get(settings.mode)
        network.refuse(refusal(request, status, "misbehaving as set", mode=settings.mode, at=at))
    return ANSWERS[settings.mode](settings)


def refusal(
    request: Request, status: HTTPStatus | None, reason: str, *, mode: Mode | None, at: datetime
) -> RequestRefused:
    path = request.url.path[:LONGEST_LOGGED_PATH]
    return RequestRefused(at=at, method=request.method, path=path, status=status, reason=reason, mode=mode)


def rate_limited(settings: Settings) -> Response:
    wait = settings.retry_after_seconds
    headers = {} if wait is None else {"Retry-After": str(wait)}
    return problem_response(
        Problem(HTTPStatus.TOO_MANY_REQUESTS, "Too many posts for now. Nothing was stored"), headers=headers
    )


def server_error(settings: Settings) -> Response:
    return problem_response(Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side"))


def silence(settings: Settings) -> Response:
    return Silence(settings.timeout_seconds)


def reset(settings: Settings) -> Response:
    return ConnectionReset()


STATUS_SEEN = {
    Mode.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Mode.SERVER_ERROR: HTTPStatus.INTERNAL_SERVER_ERROR,
}

ANSWERS: dict[Mode, Callable[[Settings], Response]] = {
    Mode.TIMEOUT_AFTER_ACCEPT: silence,
    Mode.RATE_LIMITED: rate_limited,
    Mode.SERVER_ERROR: server_error,
    Mode.RESET: reset,
    Mode.RESET_AFTER_ACCEPT: reset,
}
