"""The shapes this network answers in."""

from pydantic import AwareDatetime, BaseModel, TypeAdapter
from starlette.responses import Response

from sandbox.events import Channel, Visibility
from sandbox.state import BrandPost


class Accepted(BaseModel):
    id: str
    posted_at: AwareDatetime


class CustomerPostAccepted(BaseModel):
    id: str


class Capabilities(BaseModel):
    idempotency_keys: bool
    edit: bool
    delete: bool


class Health(BaseModel):
    status: str = "ok"
    undelivered: int


class OwnPost(BaseModel):
    """One of the brand's own posts, as a connector reads it back."""

    id: str
    channel: Channel
    account: str
    in_reply_to: str | None
    text: str
    visibility: Visibility
    recipient: str | None
    posted_at: AwareDatetime
    edited_at: AwareDatetime | None


class PostedPost(OwnPost):
    """What was really posted, with what only the network knows: for tests to count."""

    key: str | None
    deleted_at: AwareDatetime | None


OWN_POSTS: TypeAdapter[list[OwnPost]] = TypeAdapter(list[OwnPost])
POSTED_POSTS: TypeAdapter[list[PostedPost]] = TypeAdapter(list[PostedPost])


def posted(post: BrandPost) -> PostedPost:
    return PostedPost.model_validate(post, from_attributes=True)


def json_response(answer: BaseModel, *, status: int = 200) -> Response:
    return json_bytes(answer.model_dump_json().encode(), status=status)


def json_bytes(content: bytes, *, status: int = 200) -> Response:
    return Response(content, status_code=status, media_type="application/json")
