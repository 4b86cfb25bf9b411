"""Links in a reply lead only to places that the brand has allowed."""

import re
from collections.abc import Iterator

from app.channels.x.links import links_in
from app.channels.x.tlds import TLDS
from app.checks.checked_text import CheckedText, Finding, agreeing, blocked, distinct, passed, quoted
from app.checks.undressed import decoded, undressed

NAME = "links_allowed"
# Browsers open https:host and https:\host like https://host; of other protocols the slashes tell the link.
WEB = re.compile(
    r"(?<![A-Za-z])(?:(?:https?|ftp|wss?):[/\\]{0,8}|[a-z][a-z0-9+.-]{1,20}://)(?P<place>[^\s<>\"“”]{1,2000})",
    re.IGNORECASE,
)
SCHEMELESS = re.compile(r"(?<![\w:/\\])(?://|\\\\)(?P<place>[^\s/\\<>\"]{1,253}\.[^\s<>\"]{1,2000})")
# Names without a protocol that X leaves alone and others do not: of another script, new, or an IP number.
BARE = re.compile(
    r"(?<![\w.@/:-])(?P<place>(?:[^\W_][\w-]{0,62}\.){1,8}(?P<last>[^\W_][\w-]{1,62})(?P<path>:\d{1,5}|/[^\s<>\"]{1,2000})?)"
    r"(?![\w@])"
)
NUMBERED = re.compile(r"(?<![\w.])(?P<place>(?:\d{1,3}\.){3}\d{1,3})(?![\w.]|,\d)")
RUNS_CODE = re.compile(
    r"(?<![A-Za-z])(?:javascript|vbscript|file|intent|blob):(?=\S)"
    r"|(?<![A-Za-z])data:[\w.+-]{1,40}/[\w.+-]{1,80}[;,]",
    re.IGNORECASE,
)
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?P<place>(?:[\w-]{1,63}\.){1,8}[\w-]{1,63})(?![\w/\\:?#@-])")
AUTHORITY_END = re.compile(r"[/?#]")
HOST = re.compile(r"[\w.-]+")
PORT = re.compile(r":\d{0,5}$")
IN_A_QUERY = re.compile(r"[?&#=;|,]")


def check_links_allowed(checked: CheckedText) -> Finding:
    """Blocks each link and mail address whose real host is not on the list, however it is dressed up.

    A mail address that the customer wrote may stand; private_data judges whether it may in public.
    """
    text = undressed(checked.text)
    hosts = hosts_in(text)
    refused = distinct(host for host in hosts if not is_allowed(host, checked.allowed_domains))
    refused += _foreign_addresses(text, checked)
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
    """The host of each link in lower case, without its port, with a user name if one is written.

    Where a link carries another one along, in its query or further down, that one counts as well.
    """
    hosts = []
    for place in _places(text):
        authority, *rest = AUTHORITY_END.split(place, maxsplit=1)
        hosts.append(_host(authority))
        hosts += _carried("".join(rest), after=place[len(authority) : len(authority) + 1])
    return [host for host in hosts if host]


def _places(text: str) -> Iterator[str]:
    yield from (match["place"] for match in WEB.finditer(text))
    yield from (match["place"] for match in SCHEMELESS.finditer(text))
    bare = MAIL.sub(" ", text)
    for link in links_in(bare):
        written = bare[link.start : link.end]
        if "://" not in written:
            yield written
    yield from _unlinked(WEB.sub(" ", bare))


def _unlinked(text: str) -> Iterator[str]:
    """Names that only some networks and browsers make links of."""
    for match in BARE.finditer(text):
        last = match["last"].lower()
        is_foreign = not last.isascii() and last in TLDS
        is_opened = match["path"] is not None and last.isalpha() and len(last) > 1
        if is_foreign or is_opened or last.startswith("xn--"):
            yield match["place"]
    for match in NUMBERED.finditer(text):
        if all(int(part) < 256 for part in match["place"].split(".")):
            yield match["place"]


def _carried(rest: str, *, after: str) -> list[str]:
    """Hosts within the path, query or fragment of a link: an open redirect takes its reader there."""
    opened = decoded(rest)
    path, *query = opened.split("?", maxsplit=1) if after == "/" else ["", opened]
    places = [match["place"] for part in (path, *query) for match in WEB.finditer(part)]
    for value in IN_A_QUERY.split("&".join(query)):
        places += [match["place"] for match in SCHEMELESS.finditer(value)]
        places += [value[link.start : link.end] for link in links_in(value) if "://" not in value]
    return [_host(AUTHORITY_END.split(place, maxsplit=1)[0]) for place in places]


def _host(authority: str) -> str:
    return PORT.sub("", authority.rstrip(".,;:!?)]}'*_")).rstrip(".").lower()


def _foreign_addresses(text: str, checked: CheckedText) -> tuple[str, ...]:
    known = checked.customer_text.lower()
    return distinct(
        match.group()
        for match in MAIL.finditer(text)
        if not is_allowed(match["place"].lower(), checked.allowed_domains)
        and match.group().lower() not in known
    )


def is_allowed(host: str, allowed_domains: tuple[str, ...]) -> bool:
    """A user name, a backslash and the like are never allowed: browsers and readers differ on them."""
    if not HOST.fullmatch(host):
        return False
    allowed = [domain.lower() for domain in allowed_domains]
    return any(host == domain or host.endswith(f".{domain}") for domain in allowed)
