"""What stands in the form "Write as a customer" before anybody types."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from sandbox.events import Channel, CustomerPosted, Visibility
from sandbox.excerpt import excerpt
from sandbox.state import BrandPost, State


@dataclass(frozen=True)
class Composer:
    """Fields as text: what a person typed comes back as it was, also when it was refused."""

    channel: str = Channel.X
    author: str = ""
    text: str = ""
    visibility: str = Visibility.PUBLIC
    in_reply_to: str = ""
    replying_to: str | None = None  # the words that are being answered
    error: str | None = None


def composer_from_query(request: Request, state: State) -> Composer:
    asked = request.query_params
    target_id = asked.get("reply_to", "")
    target = state.brand_posts.get(target_id) or state.customer_posts.get(target_id)
    if target is None:
        return Composer(
            channel=asked.get("channel", Channel.X),
            author=asked.get("author", ""),
            visibility=asked.get("tab", Visibility.PUBLIC),
        )
    return Composer(
        channel=target.channel,
        author=customer_of(target, state),
        visibility=target.visibility,
        in_reply_to=target.id,
        replying_to=excerpt(target.text),
    )


def composer_from_form(fields: Mapping[str, str], error: str) -> Composer:
    return Composer(
        channel=fields.get("channel", Channel.X),
        author=fields.get("author", ""),
        text=fields.get("text", ""),
        visibility=fields.get("visibility", Visibility.PUBLIC),
        in_reply_to=fields.get("in_reply_to", ""),
        error=error,
    )


def customer_of(post: BrandPost | CustomerPosted, state: State) -> str:
    """Who the brand is talking to: the customer nearest above in the thread."""
    seen: set[str] = set()
    while isinstance(post, BrandPost) and post.id not in seen:
        seen.add(post.id)
        above = post.in_reply_to or ""
        target = state.customer_posts.get(above) or state.brand_posts.get(above)
        if target is None:
            return post.recipient or ""
        post = target
    return post.author if isinstance(post, CustomerPosted) else ""
