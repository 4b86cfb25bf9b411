"""No writes from other sites' pages: the page a browser request comes from must be one of ours."""

from urllib.parse import urlsplit

from fastapi import Request

from app.core.errors import NotAllowed

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class FromElsewhere(NotAllowed):
    title = "This came from another page"

    def __init__(self) -> None:
        super().__init__("This request came from another site or an old page. Open the page again and retry.")


def require_same_origin(request: Request) -> None:
    """Raise `FromElsewhere` for a write that a foreign page caused; the sign-in form needs it too.

    Browsers say where a write comes from in Sec-Fetch-Site and Origin. Programs send neither and
    carry no cookies of others, so there is nothing to protect.
    """
    if request.method in READING:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site not in (None, "same-origin", "none"):
        raise FromElsewhere
    if origin is not None and _host_of(origin) != request.headers.get("host"):
        raise FromElsewhere


def _host_of(address: str) -> str | None:
    """Host and port of an address; None for what is no address."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return None
