"""The size limit of request bodies, and text as it may be stored."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY_BYTES = 1024 * 1024
SURROGATE = re.compile("[\ud800-\udfff]")


class BodyLimit:
    """Refuses larger bodies with 413, whether their length is announced or they come in chunks."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        left = LARGEST_BODY_BYTES - (int(announced) if announced.isdecimal() else 0)
        left = LARGEST_BODY_BYTES if left >= 0 else -1

        async def receive_at_most() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_at_most, send)


def storable(text: str) -> str:
    """Refuse what PostgreSQL cannot hold: NUL, and halves of characters that JSON escapes can smuggle in."""
    if "\0" in text:
        raise ValueError("holds a NUL character, which cannot be stored")
    if SURROGATE.search(text):
        raise ValueError("holds half a character, which cannot be stored")
    return text


def readable(text: Any) -> Any:
    """A customer's words must not be lost to a broken character: it becomes U+FFFD."""
    if not isinstance(text, str):
        return text
    paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return paired.replace("\0", "\N{REPLACEMENT CHARACTER}")


Storable = Annotated[str, AfterValidator(storable)]
Readable = Annotated[str, BeforeValidator(readable)]
