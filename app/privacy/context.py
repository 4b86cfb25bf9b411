"""The words of one text, and to which place the labels among them lead."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from app.privacy.label_words import LINKING, TOPIC_OF, Topic

WORD = re.compile(r"[^\W\d_]+")
BETWEEN = re.compile(r"[\s:#.,;='\u2019\-°º?!]{0,6}")
ENDS = frozenset("!?\n")  # a label does not run on into the next sentence
MOST_LINKS = 5


class Word(NamedTuple):
    start: int
    end: int
    folded: str


@dataclass(frozen=True)
class Context:
    """The labels of one text: where they stand, and which place each of them leads to."""

    leads_to: dict[int, Topic]
    places: dict[Topic, list[int]]

    def labelled(self, start: int, *topics: Topic) -> bool:
        """Whether such a word stands right before the place."""
        return self.leads_to.get(start) in topics

    def near(self, start: int, end: int, topic: Topic, reach: int = 80) -> bool:
        """Whether such a word stands anywhere near."""
        places = self.places.get(topic, [])
        at = bisect_left(places, start - reach)
        return at < len(places) and places[at] < end + reach


def words_in(text: str) -> list[Word]:
    return [Word(match.start(), match.end(), match.group().lower()) for match in WORD.finditer(text)]


def context_of(text: str, words: list[Word]) -> Context:
    """A word of linking such as "number is" passes a label on; any other word ends it."""
    leads_to: dict[int, Topic] = {}
    places: dict[Topic, list[int]] = {}
    reach, topic, links = -1, None, 0
    between_from = 0
    for word in words:
        follows = word.start == reach and ENDS.isdisjoint(text[between_from:reach])
        if topic and follows and word.folded in LINKING and links < MOST_LINKS:
            links += 1
        else:
            topic, links = TOPIC_OF.get(word.folded), 0
            if topic is None or text[word.start - 1 : word.start].isdigit():  # "cb" in 7cb40a9 is no label
                topic = None
                continue
            places.setdefault(topic, []).append(word.start)
        between_from = word.end
        between = BETWEEN.match(text, word.end)
        reach = between.end() if between else word.end
        leads_to[reach] = topic
    return Context(leads_to, places)
