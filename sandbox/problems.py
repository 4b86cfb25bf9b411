"""Refusals as problem+json (RFC 9457), each with a sentence a person understands."""

from dataclasses import dataclass
from http import HTTPStatus

from pydantic import BaseModel, ValidationError
from starlette.responses import Response


class ProblemAnswer(BaseModel):
    type: str = "about:blank"
    title: str
    status: int
    detail: str


@dataclass
class Problem(Exception):
    """A request that stores nothing and says why."""

    status: HTTPStatus
    detail: str


def problem_response(problem: Problem, *, headers: dict[str, str] | None = None) -> Response:
    answer = ProblemAnswer(title=problem.status.phrase, status=problem.status, detail=problem.detail)
    return Response(
        answer.model_dump_json(),
        status_code=problem.status,
        headers=headers,
        media_type="application/problem+json",
    )


def problem_from(error: ValidationError) -> Problem:
    """Names the first fields that are wrong, never what they held: it may be hostile or huge."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[:3]
    if first[0]["type"] == "json_invalid":
        return Problem(HTTPStatus.BAD_REQUEST, f"The body is not JSON. {first[0]['msg']}"[:300])
    wrong = "; ".join(f"{'.'.join(map(str, each['loc'])) or 'body'}: {each['msg']}" for each in first)
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, printable(wrong)[:300])


def printable(text: str) -> str:
    """`text` without what JSON, a log line or a terminal would stumble over."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
