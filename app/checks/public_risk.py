"""How a reply would look in a picture of it. A private reply is one screenshot away from being public."""

from functools import lru_cache

from app.checks.checked_text import CheckedText, Finding, passed, quoted, warned
from app.checks.phrases import Phrases, tokens

NAME = "public_risk"


def check_public_risk(checked: CheckedText) -> Finding:
    """Warns of internal words, sarcasm and blame, in private as in public."""
    said = tokens(checked.text)
    risky = checked.voice.risky
    for kind, listed in (
        ("an internal word", risky.internal),
        ("sarcasm", risky.sarcasm),
        ("blame", risky.blame),
    ):
        if found := _phrases(listed).found_in(said):
            where = "" if checked.public else " Write it as if everybody could read it."
            return warned(
                NAME,
                f"{quoted(found)} is {kind} and would embarrass us in a picture of this reply.{where}",
                found,
            )
    return passed(NAME, "Nothing in it would embarrass us in a picture of it.")


@lru_cache(maxsize=256)
def _phrases(words: tuple[str, ...]) -> Phrases:
    """The same lists come with every text, so each is prepared once."""
    return Phrases(words)
