"""Every refusal in one form: problem+json (RFC 9457) for programs, a page for people. Never a stack trace."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from psycopg.errors import UniqueViolation
from sqlalchemy.exc import (
    IntegrityError,
    InterfaceError,
    NoResultFound,
    OperationalError,
)
from sqlalchemy.exc import (
    TimeoutError as NoConnectionFree,
)
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response

from app.core.errors import ServiceError
from app.core.postgres_place import EmbeddedPostgresFailed
from app.http.invalid_fields import wrong_fields

FOR_PROGRAMS = ("/api/", "/healthz", "/readyz", "/metrics")
DATABASE_GONE = (OperationalError, InterfaceError, NoConnectionFree, EmbeddedPostgresFailed)
SENTENCES = {
    400: "The request cannot be read.",
    404: "There is nothing at this address.",
    405: "This address does not take this kind of request.",
    413: "This is larger than 1 MiB. Send less.",
}


@dataclass(frozen=True)
class Problem:
    """What went wrong, in words for the person who asked."""

    status: int
    title: str
    detail: str
    extra: Mapping[str, Any] = field(default_factory=dict)  # `current` and `yours` of a lost race
    headers: Mapping[str, str] = field(default_factory=dict)


HtmlProblem = Callable[[Request, Problem], Response]


def plain_problem(request: Request, problem: Problem) -> Response:
    """What a page answers until the web sets `app.state.html_problem`."""
    return PlainTextResponse(f"{problem.title}\n\n{problem.detail}\n", problem.status, dict(problem.headers))


def install_problems(app: FastAPI) -> None:
    app.state.html_problem = plain_problem
    for kind, read in READERS.items():
        app.add_exception_handler(kind, _handler(read))


def problem_response(request: Request, problem: Problem) -> Response:
    """The answer for whoever asked: a program, or a person with a browser."""
    if not request.url.path.startswith(FOR_PROGRAMS):
        page: HtmlProblem = request.app.state.html_problem
        return page(request, problem)
    body = {
        **problem.extra,
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    # Text that no encoding can hold came from outside and must not turn a refusal into a crash.
    encoded = json.dumps(body, ensure_ascii=False, default=str).encode("utf-8", "replace")
    headers = dict(problem.headers)
    return Response(encoded, problem.status, headers, media_type="application/problem+json")


def _handler(read: "Reader") -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        return problem_response(request, read(error))

    return handle


Reader = Callable[[Any], Problem]


def _of_service(error: ServiceError) -> Problem:
    return Problem(error.status, error.title, error.detail, error.extra)


def _of_http(error: HTTPException) -> Problem:
    title = HTTPStatus(error.status_code).phrase
    # Where nobody wrote a sentence, Starlette repeats the phrase.
    written = error.detail if error.detail and error.detail != title else None
    detail = SENTENCES.get(error.status_code) or written or title
    return Problem(error.status_code, title, detail, headers=error.headers or {})


def _of_fields(error: RequestValidationError) -> Problem:
    wrong = wrong_fields(error.errors())
    if any(kind == "json_invalid" for kind in wrong.kinds):
        return Problem(400, "This is not JSON", "The body is not valid JSON. It may have been cut off.")
    named = [{"field": name, "problem": said} for name, said in wrong.sentences]
    detail = " ".join(said for _, said in wrong.sentences)
    return Problem(422, "This input cannot be used", detail, {"errors": named})


def _of_lost_race(error: StaleDataError) -> Problem:
    detail = "Somebody else changed this at the same moment. Nothing was changed; read it and decide again."
    return Problem(409, "This has changed in the meantime", detail)


def _of_integrity(error: IntegrityError) -> Problem:
    return _of_lost_race(StaleDataError()) if isinstance(error.orig, UniqueViolation) else _of_bug(error)


def _of_missing(error: NoResultFound) -> Problem:
    return Problem(404, "Not found", "There is nothing with this id.")


def _of_database(error: Exception) -> Problem:
    detail = "The database does not answer right now. Nothing was changed; try again in a moment."
    return Problem(503, "Not available at the moment", detail, headers={"Retry-After": "2"})


def _of_bug(error: Exception) -> Problem:
    detail = "Sayso itself failed at this. The log says why; what you sent may not have been stored."
    return Problem(500, "Something went wrong here", detail)


READERS: dict[type[Exception], Reader] = {
    ServiceError: _of_service,
    HTTPException: _of_http,
    RequestValidationError: _of_fields,
    StaleDataError: _of_lost_race,
    IntegrityError: _of_integrity,
    NoResultFound: _of_missing,
    **dict.fromkeys(DATABASE_GONE, _of_database),
    Exception: _of_bug,
}
