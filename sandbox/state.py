"""What the ledger adds up to. Replaying every line from the first gives the same state again."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import singledispatchmethod

from sandbox.events import (
    Channel,
    CustomerPosted,
    DeliveryEnded,
    Line,
    PostAccepted,
    PostDeleted,
    PostEdited,
    RequestRefused,
    RequestRepeated,
    SettingsChanged,
    Visibility,
)
from sandbox.settings import Mode, Settings


@dataclass(frozen=True)
class BrandPost:
    """A post the brand made through the API: `text` is what it says now."""

    id: str
    channel: Channel
    account: str
    in_reply_to: str | None
    text: str
    visibility: Visibility
    recipient: str | None
    posted_at: datetime
    key: str | None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None


@dataclass
class State:
    """Ids are unique over both kinds of post; every mapping keeps the order of arrival."""

    brand_posts: dict[str, BrandPost] = field(default_factory=dict)
    customer_posts: dict[str, CustomerPosted] = field(default_factory=dict)
    deliveries: dict[str, DeliveryEnded] = field(default_factory=dict)
    # (what is done, to what, idempotency key) -> id of the post it made or changed
    keys: dict[tuple[str, str, str], str] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)

    @singledispatchmethod
    def apply(self, line: Line) -> None:
        """Take in one line. A kind that only informs changes nothing."""

    @apply.register
    def _(self, line: CustomerPosted) -> None:
        self.customer_posts[line.id] = line

    @apply.register
    def _(self, line: PostAccepted) -> None:
        self.brand_posts[line.id] = BrandPost(
            id=line.id,
            channel=line.channel,
            account=line.account,
            in_reply_to=line.in_reply_to,
            text=line.text,
            visibility=line.visibility,
            recipient=line.recipient,
            posted_at=line.at,
            key=line.key,
        )
        self._remember("post", f"{line.channel}/{line.account}", line.key, line.id)
        self._count_down(line.mode)

    @apply.register
    def _(self, line: PostEdited) -> None:
        edited = replace(self.brand_posts[line.id], text=line.text, edited_at=line.at)
        self.brand_posts[line.id] = edited
        self._remember("edit", line.id, line.key, line.id)
        self._count_down(line.mode)

    @apply.register
    def _(self, line: PostDeleted) -> None:
        self.brand_posts[line.id] = replace(self.brand_posts[line.id], deleted_at=line.at)
        self._remember("delete", line.id, line.key, line.id)
        self._count_down(line.mode)

    @apply.register
    def _(self, line: RequestRepeated | RequestRefused) -> None:
        self._count_down(line.mode)

    @apply.register
    def _(self, line: DeliveryEnded) -> None:
        self.deliveries[line.id] = line

    @apply.register
    def _(self, line: SettingsChanged) -> None:
        self.settings = line.settings

    def undelivered(self) -> list[CustomerPosted]:
        """Customers' messages Sayso has neither taken nor refused, oldest first."""
        return [post for post in self.customer_posts.values() if post.id not in self.deliveries]

    def _remember(self, action: str, target: str, key: str | None, post_id: str) -> None:
        if key is not None:
            self.keys.setdefault((action, target, key), post_id)

    def _count_down(self, mode: Mode | None) -> None:
        if mode is not None:
            self.settings = self.settings.after_one_more()
