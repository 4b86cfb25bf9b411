"""Which of our channels a customer says have failed them, and to which ones a reply points."""

import re

from app.checks.channel_moves import Channel, moves_in
from app.checks.checked_text import CheckedText
from app.checks.facts import facts_in
from app.checks.folding import fold
from app.checks.sentences import sentences
from app.checks.word_patterns import patterns

FAILURES = {channel: patterns("failed_channels")[channel.name.lower()] for channel in Channel}
NOT_YET = re.compile(
    r"\b(?:haven't|have not|not yet|before i|should i|can i|shall i|could i|noch nicht|soll ich)\b"
)
EMERGENCY = frozenset({"999", "112", "110", "911", "101", "111"})  # no channel of ours


def failures_in(text: str) -> dict[Channel, str]:
    """Each channel that failed, with the sentence that says so."""
    found: dict[Channel, str] = {}
    for sentence in sentences(text):
        folded = fold(sentence)
        for channel, pattern in FAILURES.items():
            if channel not in found and pattern.search(folded) and not NOT_YET.search(folded):
                found[channel] = sentence
    return found


def pointers_in(checked: CheckedText) -> dict[Channel, tuple[str, ...]]:
    """The channels a reply points to, by a request or by a bare number or address, with the words that do."""
    found: dict[Channel, tuple[str, ...]] = {}
    for move in moves_in(checked.text, network=checked.network, public=checked.public):
        found[move.channel] = (*found.get(move.channel, ()), move.words)
    for fact in facts_in(checked.text):
        channel = {"phone": Channel.PHONE, "mail": Channel.MAIL}.get(fact.kind)
        if channel is not None and fact.shown not in EMERGENCY:
            found[channel] = (*found.get(channel, ()), fact.shown)
    return found
