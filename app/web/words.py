"""How the pages say things: times, channels, roles and findings in plain words, never in colour alone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from app.conversations.models import Network
from app.staff.models import Role

SOON = timedelta(minutes=15)
NETWORKS = {
    Network.X: "X",
    Network.FACEBOOK: "Facebook",
    Network.INSTAGRAM: "Instagram",
    Network.MESSENGER: "Messenger",
    Network.WHATSAPP: "WhatsApp",
    Network.BLUESKY: "Bluesky",
    Network.MASTODON: "Mastodon",
    Network.EMAIL: "E-mail",
}
ROLES = {
    Role.AGENT: "Agent",
    Role.LEGAL: "Legal",
    Role.EXPERT: "Expert",
    Role.LEAD: "Lead",
    Role.GATEKEEPER: "Gatekeeper",
    Role.NETWORK: "Network",
}
# Cosine similarities of the bundled encoder, cut where people reading pairs would change the word.
CLOSENESS = ((0.8, "very close"), (0.65, "close"), (0.5, "related"), (0.0, "loosely related"))


class Urgency(StrEnum):
    LATE = "late"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True)
class Due:
    """When an answer falls due, in words and exactly."""

    urgency: Urgency
    words: str
    exact: str
    iso: str


def due_in_words(due_at: datetime, *, now: datetime) -> Due:
    """Such as "7 min" or "late 4 min"; the exact moment beside it."""
    left = due_at - now
    if left < timedelta(0):
        urgency, words = Urgency.LATE, f"late {duration(-left)}"
    else:
        urgency, words = (Urgency.SOON if left <= SOON else Urgency.LATER), duration(left)
    return Due(urgency, words, exact_time(due_at, now=now), due_at.isoformat())


def duration(length: timedelta) -> str:
    """The two largest useful units: 7 min, 2 h 5 min, 3 d."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return "under 1 min"
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 10 and rest:
        return f"{hours} h {rest} min"
    return f"{hours} h" if hours < 48 else f"{hours // 24} d"


def exact_time(at: datetime, *, now: datetime) -> str:
    """Clock time in UTC, with the day when it is not today's."""
    at, now = at.astimezone(UTC), now.astimezone(UTC)
    year = "" if at.year == now.year else f" {at.year}"
    day = "" if at.date() == now.date() else f"{at.day} {at:%b}{year} "
    return f"{day}{at:%H:%M} UTC"


LOOSE = "loosely related"


def closeness(score: float) -> str:
    """A score from 0 to 1 as a word."""
    return next((word for least, word in CLOSENESS if score >= least), LOOSE)


def listed(words: list[str]) -> str:
    """One, two and three."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
