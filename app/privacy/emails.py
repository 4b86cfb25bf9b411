"""Mail addresses, with tags and in any script, also where the signs are spelled out to hide them."""

import re
from collections.abc import Iterator

from app.privacy.reading import Reading
from app.privacy.spans import Kind, Span

LONGEST_LOCAL = 64  # RFC 5321, 4.5.3.1.1
# Not all that the standard allows: "/", "?", "=" and "&" are in truth the end of a link.
LOCAL_BACKWARDS = re.compile(r'"[^"\s@]{1,62}"|[\w+\-][\w.+\-!#$%\'*^`{|}~]{0,63}')
BEFORE_LOCAL = re.compile(r"[!#$%'*^`{|}~.]+")
AT = re.compile(r"\s{0,2}(?:@|[(\[{<]\s?(?:at|ät|a|@|arobase)\s?[)\]}>])\s{0,2}", re.IGNORECASE)
SPELLED_AT = re.compile(r"(?<=\w)\s{1,2}(?:at|ät|arobase|klammeraffe)\s{1,2}(?=\w)", re.IGNORECASE)
LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
DOT = r"(?:\.|\s{0,2}[(\[{]\s?(?:dot|punkt|point|\.)\s?[)\]}]\s{0,2})"
SPELLED_DOT = r"(?:\.|\s{1,2}(?:dot|punkt|point)\s{1,2})"
DOMAIN = re.compile(rf"{LABEL}(?:{DOT}{LABEL}){{1,8}}", re.IGNORECASE)
BRACKETED_DOMAIN = re.compile(rf"{LABEL}(?:(?:{DOT}|{SPELLED_DOT}){LABEL}){{1,8}}", re.IGNORECASE)
SPELLED_DOMAIN = re.compile(
    rf"{LABEL}(?:{SPELLED_DOT}{LABEL}){{0,3}}?\s{{1,2}}(?:dot|punkt|point)\s{{1,2}}"
    r"(?:com|net|org|info|eu|de|at|ch|fr|be|co[ .]uk|uk|ie|it|es|nl|us|io|example)(?![^\W_])",
    re.IGNORECASE,
)
ANY_DOT = re.compile(r"\s*[(\[{]?\s?(?:\.|\b(?:dot|punkt|point)\b)\s?[)\]}]?\s*", re.IGNORECASE)
TOP = re.compile(r"[^\W\d_]{2,24}|xn--[a-z0-9-]{2,59}", re.IGNORECASE)


def emails(reading: Reading) -> Iterator[Span]:
    for sign, host in ((AT, DOMAIN), (SPELLED_AT, SPELLED_DOMAIN)):
        taken_to = 0
        for at in sign.finditer(reading.text):
            if at.start() < taken_to:
                continue
            wanted = BRACKETED_DOMAIN if host is DOMAIN and len(at.group().strip()) > 1 else host
            domain = wanted.match(reading.text, at.end())
            if domain and (span := _address(reading.text, at, domain)):
                taken_to = span.end
                yield span


def _address(text: str, at: re.Match[str], domain: re.Match[str]) -> Span | None:
    local = _local_before(text, at.start())
    host = _host(ANY_DOT.split(domain.group()))
    if not local or not host:
        return None
    written = domain.group()
    end = domain.start() + (len(host) if written.startswith(host) else len(written))
    return Span(Kind.EMAIL, at.start() - len(local), end, f"{local}@{host}".lower())


def _local_before(text: str, end: int) -> str:
    """The name before the sign; none where it belongs to a handle such as @anna@mastodon.example."""
    backwards = text[max(0, end - LONGEST_LOCAL) : end][::-1]
    found = LOCAL_BACKWARDS.match(backwards)
    if found is None:
        return ""
    local = found.group()[::-1]
    local = local[len(prefix.group()) :] if (prefix := BEFORE_LOCAL.match(local)) else local
    before = text[end - len(local) - 1 : end - len(local)]
    return "" if before == "@" else local


def _host(labels: list[str]) -> str:
    """Up to the last label that can end a domain, and not into the next sentence ("at x.example.Thanks")."""
    for place in range(2, len(labels)):
        if labels[place][:1].isupper() and labels[place - 1].islower():
            labels = labels[:place]
            break
    while labels and not TOP.fullmatch(labels[-1]):
        labels = labels[:-1]
    return ".".join(labels) if len(labels) > 1 else ""
