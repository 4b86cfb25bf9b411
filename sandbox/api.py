"""The network's API: what the brand's connector calls, what tests count, how it is told to misbehave."""

from datetime import UTC, datetime
from http import HTTPStatus

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.answers import (
    OWN_POSTS,
    POSTED_POSTS,
    Accepted,
    Capabilities,
    CustomerPostAccepted,
    Health,
    json_bytes,
    json_response,
    posted,
)
from sandbox.bodies import Edit, Moment, NewCustomerPost, NewPost, idempotency_key, read_json
from sandbox.misbehaviour import perform
from sandbox.network import Network, Write, Written
from sandbox.problems import Problem
from sandbox.read_back import as_shown, is_visible
from sandbox.settings import Mode, Settings
from sandbox.state import BrandPost
from sandbox.webhook import Webhook

MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)


class Api:
    def __init__(self, network: Network, webhook: Webhook) -> None:
        self.network = network
        self.webhook = webhook

    def routes(self) -> list[Route]:
        return [
            Route("/posts", self.posts, methods=["GET"]),
            Route("/posts", self.create_post, methods=["POST"]),
            Route("/posts/{post_id}", self.edit_post, methods=["PATCH"]),
            Route("/posts/{post_id}", self.delete_post, methods=["DELETE"]),
            Route("/accounts/{account}/posts", self.own_posts, methods=["GET"]),
            Route("/capabilities", self.capabilities, methods=["GET"]),
            Route("/customer-posts", self.create_customer_post, methods=["POST"]),
            Route("/settings", self.settings, methods=["GET"]),
            Route("/settings", self.replace_settings, methods=["PUT"]),
            Route("/settings", self.change_settings, methods=["PATCH"]),
            Route("/ledger", self.ledger, methods=["GET"]),
            Route("/healthz", self.health, methods=["GET"]),
        ]

    async def posts(self, request: Request) -> Response:
        with_deleted = request.query_params.get("deleted") == "1"
        shown = [
            posted(post)
            for post in self.network.state.brand_posts.values()
            if matches(post, request) and (with_deleted or post.deleted_at is None)
        ]
        return json_bytes(POSTED_POSTS.dump_json(shown))

    async def create_post(self, request: Request) -> Response:
        new = await read_json(request, NewPost)
        key, at = idempotency_key(request), now()

        def write(mode: Mode | None) -> Response:
            return accepted(self.network.post(new, Write(at, key, mode)))

        return perform(self.network, request, write, at=at)

    async def edit_post(self, request: Request) -> Response:
        text = (await read_json(request, Edit)).text
        key, at = idempotency_key(request), now()

        def write(mode: Mode | None) -> Response:
            written = self.network.edit(request.path_params["post_id"], text, Write(at, key, mode))
            return json_response(posted(written.post))

        return perform(self.network, request, write, at=at)

    async def delete_post(self, request: Request) -> Response:
        key, at = idempotency_key(request), now()

        def write(mode: Mode | None) -> Response:
            written = self.network.delete(request.path_params["post_id"], Write(at, key, mode))
            return json_response(posted(written.post))

        return perform(self.network, request, write, at=at)

    async def own_posts(self, request: Request) -> Response:
        since, at, settings = moment(request, "since"), now(), self.network.settings
        shown = [
            as_shown(post, settings)
            for post in self.network.state.brand_posts.values()
            if post.account == request.path_params["account"]
            and matches(post, request)
            and is_visible(post, settings, at=at)
            and (since is None or post.posted_at >= since)
        ]
        return json_bytes(OWN_POSTS.dump_json(shown))

    async def capabilities(self, request: Request) -> Response:
        return json_response(
            Capabilities.model_validate(self.network.settings, from_attributes=True),
        )

    async def create_customer_post(self, request: Request) -> Response:
        received = self.network.write_as_customer(await read_json(request, NewCustomerPost), at=now())
        self.webhook.wake()
        status = HTTPStatus.OK if received.repeated else HTTPStatus.CREATED
        return json_response(CustomerPostAccepted(id=received.post.id), status=status)

    async def settings(self, request: Request) -> Response:
        return json_response(self.network.settings)

    async def replace_settings(self, request: Request) -> Response:
        """What is not named returns to its default."""
        self.network.change_settings(await read_json(request, Settings), at=now())
        return json_response(self.network.settings)

    async def change_settings(self, request: Request) -> Response:
        """What is not named stays."""
        change = await read_json(request, Settings)
        self.network.change_settings(self.network.settings.changed_by(change), at=now())
        return json_response(self.network.settings)

    async def ledger(self, request: Request) -> Response:
        after = whole_number(request, "after")
        return Response(self.network.ledger.after(after), media_type="application/x-ndjson")

    async def health(self, request: Request) -> Response:
        return json_response(Health(undelivered=len(self.network.state.undelivered())))


def now() -> datetime:
    return datetime.now(UTC)


def accepted(written: Written) -> Response:
    status = HTTPStatus.OK if written.repeated else HTTPStatus.CREATED
    return json_response(Accepted(id=written.post.id, posted_at=written.post.posted_at), status=status)


def matches(post: BrandPost, request: Request) -> bool:
    """Whether the post is what the query asks for; what the query does not name is not compared."""
    asked = request.query_params
    return all(
        asked[name] == value
        for name, value in (
            ("account", post.account),
            ("channel", post.channel),
            ("in_reply_to", post.in_reply_to),
        )
        if name in asked
    )


def moment(request: Request, name: str) -> datetime | None:
    given = request.query_params.get(name)
    if given is None:
        return None
    try:
        return MOMENT.validate_strings(given)
    except ValidationError as error:
        detail = f"{name} must be a time with its zone, like 2026-11-23T09:00:00Z"
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail) from error


def whole_number(request: Request, name: str) -> int:
    given = request.query_params.get(name, "0")
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{name} must be a whole number")
    return int(given)
