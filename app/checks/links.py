"""Links in a reply lead only to places that the brand has allowed."""

import re

from app.channels.x.links import links_in
from app.checks.checked_text import CheckedText, Finding, agreeing, blocked, distinct, passed, quoted

NAME = "links_allowed"
# What a browser takes for a dot, a slash or a colon within an address, though it is none.
DRESSED_UP = str.maketrans(
    "\u3002\uff0e\uff61\u2024\uff0f\u2044\u2215\uff1a\uff20",
    "....///:@",
)
# Browsers open https:host and https:\host like https://host.
WEB = re.compile(r"(?<![A-Za-z])(?:https?|ftp|wss?):[/\\]{0,8}(?P<place>[^\s<>\"“”]{1,2000})", re.IGNORECASE)
SCHEMELESS = re.compile(r"(?<![\w:/\\])(?://|\\\\)(?P<place>[^\s/\\<>\"]{1,253}\.[^\s<>\"]{1,2000})")
RUNS_CODE = re.compile(
    r"(?<![A-Za-z])(?:javascript|vbscript|file|intent|blob):(?=\S)"
    r"|(?<![A-Za-z])data:[\w.+-]{1,40}/[\w.+-]{1,80}[;,]",
    re.IGNORECASE,
)
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{1,63}(?![\w/\\:?#@-])")
AUTHORITY_END = re.compile(r"[/?#]")
HOST = re.compile(r"[\w.-]+")
PORT = re.compile(r":\d{0,5}$")


def check_links_allowed(checked: CheckedText) -> Finding:
    """Blocks each link whose real host is not on the list, however the link is dressed up."""
    text = checked.text.translate(DRESSED_UP)
    hosts = hosts_in(text)
    refused = distinct(host for host in hosts if not is_allowed(host, checked.allowed_domains))
    code = distinct(match.group() for match in RUNS_CODE.finditer(text))
    if code:
        return blocked(NAME, f"{quoted(code)} would run code when opened.", code + refused)
    if refused:
        verb = agreeing(refused, "is", "are")
        return blocked(
            NAME,
            f"A link leads to {quoted(refused)}, which {verb} not on the brand's list of sites.",
            refused,
        )
    if not hosts:
        return passed(NAME, "The text holds no link.")
    return passed(NAME, f"Links lead only to {quoted(distinct(hosts))}.")


def hosts_in(text: str) -> list[str]:
    """The host of each link in lower case, without its port, with a user name if one is written."""
    places = [match["place"] for match in WEB.finditer(text)]
    places += [match["place"] for match in SCHEMELESS.finditer(text)]
    bare = MAIL.sub(" ", text)
    for link in links_in(bare):
        written = bare[link.start : link.end]
        if "://" not in written:
            places.append(written)
    return [host for place in places if (host := _host(place))]


def _host(place: str) -> str:
    authority = AUTHORITY_END.split(place, maxsplit=1)[0].rstrip(".,;:!?)]}'*_")
    return PORT.sub("", authority).rstrip(".").lower()


def is_allowed(host: str, allowed_domains: tuple[str, ...]) -> bool:
    """A user name, a backslash and the like are never allowed: browsers and readers differ on them."""
    if not HOST.fullmatch(host):
        return False
    allowed = [domain.lower() for domain in allowed_domains]
    return any(host == domain or host.endswith(f".{domain}") for domain in allowed)
