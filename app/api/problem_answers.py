"""The refusals of a route, as OpenAPI tells them."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class ProblemAnswer(BaseModel):
    """A refusal as problem+json (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    detail: str = Field(description="A sentence for a person.")


WHEN = {
    400: "The body is not JSON.",
    401: "The token is missing, unknown or revoked.",
    403: "This person may not do this.",
    404: "There is nothing with this id.",
    409: "Somebody was faster; `current` and `yours` hold both texts where text is at stake.",
    413: "The body is larger than 1 MiB.",
    422: "A field is missing, unknown or unusable; `errors` names each.",
    503: "The database does not answer.",
}
READING = (401, 403, 404, 422, 503)
WRITING = (400, 401, 403, 404, 409, 413, 422, 503)


def refusals(statuses: tuple[int, ...]) -> dict[int | str, dict[str, Any]]:
    """For `responses=` of a router."""
    schema = ProblemAnswer.model_json_schema()
    return {
        status: {"description": WHEN[status], "content": {"application/problem+json": {"schema": schema}}}
        for status in statuses
    }
