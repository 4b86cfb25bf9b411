"""Drafts that are right: approved wordings as composed, reworded, and with echoes of the customer."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from app.drafting.approved import Frame
from app.drafting.voice import Voice
from app.evaluation.rewording import reworded
from app.knowledge.entry_file import EntryFile
from app.knowledge.kb_files import check_kb

CODES = "ABCDEFGHJKLMNPQRSTUVWXYZ"
# What a customer says, and how a reply repeats it as theirs.
ECHOES = (
    ("My train was {minutes} minutes late.", "We're sorry your train was {minutes} minutes late."),
    ("I paid £{pounds} for it.", "You wrote that you paid £{pounds}."),
    ("My reference is {code}.", "Thank you for your reference {code}."),
    ("I was on the {hour}:{minutes} this morning.", "We're sorry about your {hour}:{minutes} departure."),
    ("I have waited {days} days already.", "We're sorry you have waited {days} days."),
    ("Claim {code}, nothing has happened.", "We see that your message is about claim {code}."),
    ("It happened at {place}.", "We're sorry this happened at {place}."),
)
PLACES = ("Wickersea", "Aldmoor Junction", "Thornquay", "Little Hamsey")


@dataclass(frozen=True)
class RightDraft:
    """A draft without an error and all that its words may rest on."""

    entry_id: str
    text: str
    sources: tuple[str, ...]  # question, answer and variants of the entry
    customer_text: str
    is_reworded: bool


def right_drafts(kb: Path, voice: Voice, random: Random) -> Iterator[RightDraft]:
    """Without end: entry by entry, as composed and reworded in turn."""
    entries = check_kb(kb).entries
    while True:
        for entry in random.sample(entries, len(entries)):
            yield _composed(entry, voice, random, reword=random.random() < 0.6)


def wordings_apart(kb: Path) -> Iterator[RightDraft]:
    """Each approved wording with only the other wordings of its entry as its sources."""
    for entry in check_kb(kb).entries:
        wordings = [text for text in (entry.answer, entry.public_short, entry.private_long) if text]
        for words in wordings:
            others = tuple(other for other in wordings if other != words)
            if others:
                yield RightDraft(entry.id, words, (entry.question, *others), "", is_reworded=True)


def _composed(entry: EntryFile, voice: Voice, random: Random, *, reword: bool) -> RightDraft:
    said = random.choice([*entry.examples, entry.question])
    public = random.random() < 0.5
    wordings = [text for text in (entry.answer, entry.public_short, entry.private_long) if text]
    words = random.choice(wordings)
    if reword:
        words = reworded(words, random)
    opening = random.choice(voice.openings).text
    if reword and random.random() < 0.5:
        heard, opening = _echo(random)
        said = f"{said} {heard}"
    network = random.choice(sorted({*voice.signature, "facebook"}))
    frame = Frame(opening, random.choice(voice.closings).text, voice.signature_for(network))
    return RightDraft(
        entry.id, frame.around(words, public=public), (entry.question, *wordings), said, is_reworded=reword
    )


def _echo(random: Random) -> tuple[str, str]:
    values = {
        "minutes": random.randint(11, 59),
        "pounds": random.randint(3, 90),
        "hour": random.randint(5, 22),
        "days": random.randint(2, 30),
        "code": f"{random.choice(CODES)}{random.choice(CODES)}{random.randint(1000, 99999)}",
        "place": random.choice(PLACES),
    }
    heard, repeated = random.choice(ECHOES)
    return heard.format(**values), repeated.format(**values)
