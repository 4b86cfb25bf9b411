"""What a message shows of its writer's mood and trouble, by words alone. It decides nothing.

Sarcasm is not understood: "great service as always" counts as neutral, because a mood is called happy only
where the writer thanks somebody and nothing went wrong.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.checks.phrases import Phrases, tokens
from app.checks.word_patterns import word_lists

SHOUTED_WORDS = 3  # words in capitals from which on a message shouts
SHOUTED_LETTERS = 3
WORDS = {name: Phrases(words) for name, words in word_lists("moods").items()}


class Mood(StrEnum):
    NEUTRAL = "neutral"
    HAPPY = "happy"
    UPSET = "upset"  # angry, let down, complaining
    GRAVE = "grave"  # somebody was hurt, threatened or has died


@dataclass(frozen=True)
class Feeling:
    """The mood, and whether something is wrong that still has to be put right."""

    mood: Mood
    in_trouble: bool
    words: tuple[str, ...]  # what showed the mood

    @property
    def needs_care(self) -> bool:
        return self.mood in (Mood.UPSET, Mood.GRAVE)


@lru_cache(maxsize=256)
def feeling_of(text: str) -> Feeling:
    """Takes any text; an empty one is neutral."""
    said = tokens(text)
    trouble = bool(WORDS["trouble"].found_in(said))
    for mood in (Mood.GRAVE, Mood.UPSET):
        if found := WORDS[mood].found_in(said):
            return Feeling(mood, True, found)
    if shouted := _shouted(text):
        return Feeling(Mood.UPSET, True, shouted)
    happy = WORDS["happy"].found_in(said)
    if happy and not trouble:
        return Feeling(Mood.HAPPY, False, happy)
    return Feeling(Mood.NEUTRAL, trouble, ())


def _shouted(text: str) -> tuple[str, ...]:
    words = [word.strip(".,;:!?") for word in text.split()]
    loud = tuple(word for word in words if len(word) >= SHOUTED_LETTERS and word.isalpha() and word.isupper())
    return loud if len(loud) >= SHOUTED_WORDS else ()
