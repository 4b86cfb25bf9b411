"""Where a text asks the customer to go on in another channel, and where it says sorry for that.

A link or a contact address out of the approved answer is no move: it is the answer.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.checks.folding import fold
from app.checks.phrases import Phrases, tokens
from app.checks.sentences import sentences
from app.checks.word_patterns import patterns, word_lists


class Channel(StrEnum):
    PRIVATE = "a private message"
    MAIL = "e-mail"
    PHONE = "the telephone"


@dataclass(frozen=True)
class Move:
    channel: Channel
    words: str  # the sentence that asks for it
    excused: bool  # whether it, or a sentence beside it, says sorry for the trouble


MOVES = {channel: patterns("channel_moves")[channel.name.lower()] for channel in Channel}
# "We sent you a private message" and "do not send us a DM" move nobody.
NOT_ASKED = patterns("channel_moves")["not_asked"]
ONE_MORE_STEP = Phrases(word_lists("moods")["one_more_step"])


def moves_in(text: str, *, network: str, public: bool, sources: tuple[str, ...] = ()) -> list[Move]:
    """Each sentence that asks for another channel than this one and stands in no approved answer."""
    approved = frozenset[tuple[str, ...]]().union(*map(_approved_in, sources))
    said = sentences(text)
    moves = []
    for index, sentence in enumerate(said):
        channel = _target(sentence, network=network, public=public)
        if channel is None or tuple(tokens(sentence)) in approved:
            continue
        beside = " ".join(said[max(0, index - 1) : index + 2])
        moves.append(Move(channel, sentence, bool(ONE_MORE_STEP.found_in(tokens(beside)))))
    return moves


def _target(sentence: str, *, network: str, public: bool) -> Channel | None:
    folded = fold(sentence)
    for channel, pattern in MOVES.items():
        if _is_here(channel, network=network, public=public):
            continue
        match = pattern.search(folded)
        if match and not NOT_ASKED.search(folded[max(0, match.start() - 40) : match.end()]):
            return channel
    return None


def _is_here(channel: Channel, *, network: str, public: bool) -> bool:
    """Whether the customer is already there."""
    if network == "email":
        return channel is Channel.MAIL
    return channel is Channel.PRIVATE and not public


@lru_cache(maxsize=1024)
def _approved_in(source: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(tokens(sentence)) for sentence in sentences(source))
