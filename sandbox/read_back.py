"""The brand's own posts as a connector gets them back: late, and not quite as they were sent."""

import hashlib
import re
from datetime import datetime, timedelta

from markupsafe import escape

from sandbox.answers import OwnPost
from sandbox.settings import Settings
from sandbox.state import BrandPost

LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]']")


def is_visible(post: BrandPost, settings: Settings, *, at: datetime) -> bool:
    delay = timedelta(seconds=settings.read_back_delay_seconds)
    return post.deleted_at is None and post.posted_at + delay <= at


def as_shown(post: BrandPost, settings: Settings) -> OwnPost:
    text = post.text
    if settings.mangle_links:
        text = LINK.sub(lambda found: short_link(found.group()), text)
    if settings.html:
        text = as_html(text)
    return OwnPost.model_validate(post, from_attributes=True).model_copy(update={"text": text})


def short_link(link: str) -> str:
    """The same link is always shortened to the same one."""
    return f"https://s.example/{hashlib.sha256(link.encode()).hexdigest()[:6]}"


def as_html(text: str) -> str:
    """A blank line ends a paragraph, a line end breaks the line: the wire format of Mastodon."""
    paragraphs = re.split(r"\n{2,}", str(escape(text)))
    return "".join(f"<p>{each}</p>".replace("\n", "<br />") for each in paragraphs)
