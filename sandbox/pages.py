"""The pages where one writes as a customer, sees what the brand posts and sets how the network behaves."""

from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment as Templates
from jinja2 import FileSystemLoader, StrictUndefined
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.bodies import NewCustomerPost, read_form
from sandbox.composer import Composer, composer_from_form, composer_from_query
from sandbox.events import Channel, Visibility
from sandbox.misbehaviour import refusal
from sandbox.network import Network
from sandbox.problems import Problem, problem_from
from sandbox.settings import Mode, Settings
from sandbox.timeline import LABELS, columns
from sandbox.webhook import Webhook

THREADS_SHOWN = 30
MODES_IN_WORDS = {
    Mode.NORMAL: "behaves",
    Mode.TIMEOUT_AFTER_ACCEPT: "takes the post, then never answers",
    Mode.RATE_LIMITED: "too many requests (429)",
    Mode.SERVER_ERROR: "server error (500)",
    Mode.RESET: "resets the connection, takes nothing",
    Mode.RESET_AFTER_ACCEPT: "takes the post, then resets the connection",
}


class Pages:
    def __init__(self, network: Network, webhook: Webhook) -> None:
        self.network = network
        self.webhook = webhook
        self.templates = Templates(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def routes(self) -> list[Route]:
        return [
            Route("/", self.home, methods=["GET"]),
            Route("/", self.write, methods=["POST"]),
            Route("/timeline", self.timeline, methods=["GET"]),
            Route("/wall", self.wall, methods=["GET"]),
            Route("/settings", self.set_behaviour, methods=["POST"]),
        ]

    async def home(self, request: Request) -> Response:
        return self._page("home.html", request, composer=composer_from_query(request, self.network.state))

    async def timeline(self, request: Request) -> Response:
        return self._page("_timeline.html", request)

    async def wall(self, request: Request) -> Response:
        return self._page("wall.html", request)

    async def write(self, request: Request) -> Response:
        fields = await read_form(request)
        try:
            new = NewCustomerPost.model_validate(fields)
            received = self.network.write_as_customer(new, at=datetime.now(UTC))
        except (ValidationError, Problem) as error:
            problem = self._refused(request, error)
            composer = composer_from_form(fields, problem.detail)
            return self._page("home.html", request, status=problem.status, composer=composer)
        self.webhook.wake()
        post = received.post
        where = urlencode({"tab": post.visibility, "channel": post.channel, "author": post.author})
        return RedirectResponse(f"/?{where}#post-{quote(post.id, safe='')}", HTTPStatus.SEE_OTHER)

    async def set_behaviour(self, request: Request) -> Response:
        fields = await read_form(request)
        # An empty number and an unticked box are not sent, so each needs its own "none".
        unticked = {name: "off" for name, field in Settings.model_fields.items() if field.annotation is bool}
        try:
            settings = Settings.model_validate({"retry_after_seconds": None} | unticked | fields)
        except ValidationError as error:
            problem = self._refused(request, error)
            return self._page("home.html", request, status=problem.status, settings_error=problem.detail)
        self.network.change_settings(settings, at=datetime.now(UTC))
        return RedirectResponse("/#behaviour", HTTPStatus.SEE_OTHER)

    def _refused(self, request: Request, error: ValidationError | Problem) -> Problem:
        problem = problem_from(error) if isinstance(error, ValidationError) else error
        at = datetime.now(UTC)
        self.network.refuse(refusal(request, problem.status, problem.detail, mode=None, at=at))
        return problem

    def _page(
        self, name: str, request: Request, *, status: int = HTTPStatus.OK, **extra: Any
    ) -> HTMLResponse:
        tab = Visibility.PRIVATE if request.query_params.get("tab") == "private" else Visibility.PUBLIC
        everything = request.query_params.get("all") == "1"
        limit = len(self.network.state.customer_posts) + len(self.network.state.brand_posts)
        context: dict[str, Any] = {
            "tab": tab,
            "everything": everything,
            "channel": chosen_channel(request),
            "channels": LABELS,
            "columns": columns(self.network, self.webhook, tab, limit=limit if everything else THREADS_SHOWN),
            "settings": self.network.settings,
            "modes": MODES_IN_WORDS,
            "composer": Composer(),
            "settings_error": None,
            "today": datetime.now(UTC).date(),
        }
        return HTMLResponse(self.templates.get_template(name).render(context | extra), status)


def chosen_channel(request: Request) -> Channel:
    """The one column that a narrow screen shows."""
    asked = request.query_params.get("channel")
    return next((channel for channel in Channel if channel == asked), Channel.X)
