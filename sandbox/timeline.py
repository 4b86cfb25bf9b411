"""The posts as people see them: by channel, in threads, public and private apart."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.events import Channel, CustomerPosted, Visibility
from sandbox.excerpt import excerpt
from sandbox.network import Network
from sandbox.state import BrandPost, State
from sandbox.webhook import Webhook

LABELS = {Channel.X: "X", Channel.FACEBOOK: "Facebook", Channel.EMAIL: "E-mail"}


@dataclass(frozen=True)
class ShownPost:
    id: str
    author: str
    text: str
    at: datetime
    from_brand: bool
    answers: str | None  # what it replies to, where that stands outside its thread
    edited_at: datetime | None
    deleted_at: datetime | None
    delivery: str | None  # in words, for a customer's post
    refused: bool


@dataclass(frozen=True)
class Thread:
    """Oldest post first."""

    posts: list[ShownPost]


@dataclass(frozen=True)
class Column:
    channel: Channel
    label: str
    threads: list[Thread]  # latest activity first
    hidden: int  # older threads that are left out
    other_count: int  # posts on this channel that stand on the other tab


Post = BrandPost | CustomerPosted


def columns(network: Network, webhook: Webhook, visibility: Visibility, *, limit: int) -> list[Column]:
    """One column per channel, each with at most `limit` threads."""
    return [column(network.state, webhook, channel, visibility, limit=limit) for channel in Channel]


def column(state: State, webhook: Webhook, channel: Channel, visibility: Visibility, *, limit: int) -> Column:
    everything = [post for post in all_posts(state) if post.channel is channel]
    here = {post.id: post for post in everything if post.visibility is visibility}
    grouped: dict[str, list[Post]] = {}
    for post in here.values():
        grouped.setdefault(root(post, here).id, []).append(post)
    latest_first = sorted(grouped.values(), key=lambda posts: happened_at(posts[-1]), reverse=True)
    return Column(
        channel=channel,
        label=LABELS[channel],
        threads=[
            Thread([shown(post, state, webhook, here) for post in posts]) for posts in latest_first[:limit]
        ],
        hidden=max(0, len(latest_first) - limit),
        other_count=len(everything) - len(here),
    )


def all_posts(state: State) -> list[Post]:
    posts: list[Post] = [*state.customer_posts.values(), *state.brand_posts.values()]
    return sorted(posts, key=happened_at)


def happened_at(post: Post) -> datetime:
    return post.at if isinstance(post, CustomerPosted) else post.posted_at


def root(post: Post, here: dict[str, Post]) -> Post:
    """The first post of the thread. A customer may name any id, so the chain may be a ring."""
    seen = {post.id}
    while post.in_reply_to in here and post.in_reply_to not in seen:
        seen.add(post.in_reply_to)
        post = here[post.in_reply_to]
    return post


def shown(post: Post, state: State, webhook: Webhook, here: dict[str, Post]) -> ShownPost:
    answers = None if post.in_reply_to in here else answered(post, state)
    if isinstance(post, BrandPost):
        return ShownPost(
            id=post.id,
            author=f"{post.account} to {post.recipient}" if post.recipient else post.account,
            text=post.text,
            at=post.posted_at,
            from_brand=True,
            answers=answers,
            edited_at=post.edited_at,
            deleted_at=post.deleted_at,
            delivery=None,
            refused=False,
        )
    return ShownPost(
        id=post.id,
        author=post.author,
        text=post.text,
        at=post.sent_at,
        from_brand=False,
        answers=answers,
        edited_at=None,
        deleted_at=None,
        delivery=delivery_in_words(post, state, webhook),
        refused=post.id in state.deliveries and state.deliveries[post.id].refusal is not None,
    )


def answered(post: Post, state: State) -> str | None:
    if post.in_reply_to is None:
        return None
    target = state.customer_posts.get(post.in_reply_to) or state.brand_posts.get(post.in_reply_to)
    if target is None:
        return f"post {post.in_reply_to}, which is not on this network"
    author = target.author if isinstance(target, CustomerPosted) else target.account
    return f"{author}: {excerpt(target.text)}"


def delivery_in_words(post: CustomerPosted, state: State, webhook: Webhook) -> str:
    ended = state.deliveries.get(post.id)
    if ended is not None:
        return "with Sayso" if ended.refusal is None else f"Sayso refused it: {ended.refusal}"
    attempt = webhook.attempts.get(post.id)
    if attempt is None:
        return "on its way to Sayso"
    tries = "1 try" if attempt.number == 1 else f"{attempt.number} tries"
    return f"waiting for Sayso after {tries}: {attempt.failure}"
