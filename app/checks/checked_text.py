"""What a check is told and what it says. Nothing here knows a database, a channel's API or a model."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.channels.account_limits import NO_LIMITS, AccountLimits
from app.checks.switch_ground import SwitchGround
from app.checks.voice_lint.rules import VoiceRules
from app.embeddings.encoder import Encoder


@dataclass(frozen=True)
class CheckedText:
    """One text as it would be posted, with all that a claim in it may rest on."""

    text: str
    network: str
    public: bool
    sources: tuple[str, ...]  # texts of the cited versions: question, answer, variants
    customer_text: str
    allowed_domains: tuple[str, ...]
    banned_words: tuple[str, ...]  # a trailing * stands for the rest of the word
    voice: VoiceRules = field(default_factory=VoiceRules)
    fault_confirmed: bool = False  # a fault of ours is on record for this
    switch_ground: SwitchGround | None = None  # on record for moving the customer to another channel
    recent_replies: tuple[str, ...] = ()  # what this account said in public lately, newest first
    fixed_parts: tuple[str, ...] = ()  # greeting and signature: the same in every reply
    own_words: tuple[str, ...] = ()  # the brand's name and the approved phrases of its voice
    limits: AccountLimits = NO_LIMITS  # where the account differs from its network
    encoder: Encoder | None = None  # without one the checks judge by words alone


@dataclass(frozen=True)
class Finding:
    """What one check found; `detail` is one sentence for the person who decides."""

    name: str
    passed: bool
    blocks: bool  # True only where it did not pass and nothing may be sent until it does
    detail: str
    words: tuple[str, ...] = ()


def passed(name: str, detail: str) -> Finding:
    return Finding(name, passed=True, blocks=False, detail=detail)


def warned(name: str, detail: str, words: tuple[str, ...] = ()) -> Finding:
    """Shown loudly; a person may decide otherwise."""
    return Finding(name, passed=False, blocks=False, detail=printable(detail), words=_shown(words))


def blocked(name: str, detail: str, words: tuple[str, ...] = ()) -> Finding:
    """Nothing is sent while this stands."""
    return Finding(name, passed=False, blocks=True, detail=printable(detail), words=_shown(words))


def quoted(words: tuple[str, ...], most: int = 3) -> str:
    """“One” and “two” for a sentence, the rest as a number."""
    marked = [f"“{word[:80]}”" for word in words[:most]]
    if len(words) > most:
        marked.append(f"{len(words) - most} more")
    return marked[0] if len(marked) == 1 else f"{', '.join(marked[:-1])} and {marked[-1]}"


def agreeing(words: tuple[str, ...], one: str, several: str) -> str:
    """The verb that agrees with so many words."""
    return one if len(words) == 1 else several


def distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def printable(text: str) -> str:
    """A finding is stored and shown, so what cannot be stored or seen becomes a replacement character."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def _shown(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(printable(word) for word in words)
