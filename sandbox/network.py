"""Everything that can happen on this network. Each change is a ledger line first, then state."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TypeVar

from sandbox.bodies import NewCustomerPost, NewPost
from sandbox.events import (
    CustomerPosted,
    DeliveryEnded,
    Event,
    PostAccepted,
    PostDeleted,
    PostEdited,
    RequestRefused,
    RequestRepeated,
    SettingsChanged,
)
from sandbox.ledger import Ledger
from sandbox.problems import Problem
from sandbox.settings import Mode, Settings
from sandbox.state import BrandPost, State

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Write:
    """What every write carries besides its words."""

    at: datetime
    key: str | None = None
    mode: Mode | None = None  # the misbehaviour it is about to meet


@dataclass(frozen=True)
class Written:
    post: BrandPost
    repeated: bool  # the idempotency key was known, so nothing changed


@dataclass(frozen=True)
class Received:
    post: CustomerPosted
    repeated: bool  # a post with this id was there already


class Network:
    """One process, one thread: whoever holds this is the only one to change anything."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.state = State()
        for line in ledger.history:
            self.state.apply(line)

    @property
    def settings(self) -> Settings:
        return self.state.settings

    def post(self, new: NewPost, write: Write) -> Written:
        known = self._repeated("post", f"{new.channel}/{new.account}", write)
        if known is not None:
            return known
        line = PostAccepted(
            at=write.at, id=self._next_id(write.at), key=write.key, mode=write.mode, **new.model_dump()
        )
        return Written(self.state.brand_posts[self._record(line).id], repeated=False)

    def edit(self, post_id: str, text: str, write: Write) -> Written:
        if not self.settings.edit:
            raise Problem(HTTPStatus.FORBIDDEN, "This network does not let posts be edited")
        known = self._repeated("edit", post_id, write)
        if known is not None:
            return known
        self._require_current(post_id)
        self._record(PostEdited(at=write.at, id=post_id, text=text, key=write.key, mode=write.mode))
        return Written(self.state.brand_posts[post_id], repeated=False)

    def delete(self, post_id: str, write: Write) -> Written:
        if not self.settings.delete:
            raise Problem(HTTPStatus.FORBIDDEN, "This network does not let posts be deleted")
        known = self._repeated("delete", post_id, write)
        if known is not None:
            return known
        self._require_current(post_id)
        self._record(PostDeleted(at=write.at, id=post_id, key=write.key, mode=write.mode))
        return Written(self.state.brand_posts[post_id], repeated=False)

    def write_as_customer(self, new: NewCustomerPost, *, at: datetime) -> Received:
        post_id = new.id or self._next_id(at)
        if post_id in self.state.brand_posts:
            raise Problem(HTTPStatus.CONFLICT, "This id belongs to a post of the brand")
        known = self.state.customer_posts.get(post_id)
        if known is not None:
            return Received(known, repeated=True)
        words = new.model_dump(exclude={"id", "sent_at"})
        line = CustomerPosted(at=at, id=post_id, sent_at=new.sent_at or at, **words)
        return Received(self._record(line), repeated=False)

    def end_delivery(self, line: DeliveryEnded) -> None:
        self._record(line)

    def refuse(self, line: RequestRefused) -> None:
        self._record(line)

    def change_settings(self, settings: Settings, *, at: datetime) -> None:
        self._record(SettingsChanged(at=at, settings=settings))

    def _record(self, line: E) -> E:
        recorded = self.ledger.append(line)
        self.state.apply(recorded)
        return recorded

    def _repeated(self, action: str, target: str, write: Write) -> Written | None:
        if write.key is None or not self.settings.idempotency_keys:
            return None
        post_id = self.state.keys.get((action, target, write.key))
        if post_id is None:
            return None
        self._record(RequestRepeated(at=write.at, id=post_id, key=write.key, mode=write.mode))
        return Written(self.state.brand_posts[post_id], repeated=True)

    def _require_current(self, post_id: str) -> None:
        post = self.state.brand_posts.get(post_id)
        if post is None:
            raise Problem(HTTPStatus.NOT_FOUND, "The brand has no post with this id")
        if post.deleted_at is not None:
            raise Problem(HTTPStatus.GONE, "This post was deleted")

    def _next_id(self, at: datetime) -> str:
        """Microseconds since 1970: a ledger that starts afresh does not issue old ids again."""
        number = int(at.timestamp() * 1_000_000)
        while str(number) in self.state.brand_posts or str(number) in self.state.customer_posts:
            number += 1
        return str(number)
