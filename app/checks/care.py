"""Whether a reply to somebody upset shows that they were heard, and says what happens next."""

from app.checks.checked_text import CheckedText, Finding, passed, quoted, warned
from app.checks.facts import facts_in
from app.checks.folding import fold
from app.checks.mood import feeling_of
from app.checks.phrases import Phrases, tokens
from app.checks.repetition import said_in
from app.checks.word_patterns import patterns, word_lists

HEARD = Phrases(word_lists("moods")["heard"])
STEP = patterns("next_steps")["step"]


def check_acknowledged(checked: CheckedText) -> Finding:
    """Warns where a message in a bad mood gets a reply that passes over it."""
    feeling = feeling_of(checked.customer_text)
    if not feeling.needs_care:
        return passed("acknowledged", "The message shows no bad mood that has to be acknowledged.")
    if HEARD.found_in(tokens(checked.text)):
        return passed("acknowledged", "The text shows the customer that they were heard.")
    return warned(
        "acknowledged",
        f"The customer wrote {quoted(feeling.words)}; the text passes over it. Say first that you are sorry "
        "for what they went through, or that you understand.",
    )


def check_next_step(checked: CheckedText) -> Finding:
    """Warns where a complaint or an open problem gets a reply without any step: for the customer or by us."""
    feeling = feeling_of(checked.customer_text)
    if not (feeling.needs_care or feeling.in_trouble):
        return passed("next_step", "The message tells of no problem that needs a next step.")
    if _has_a_step(checked.text):
        return passed("next_step", "The text says what happens next.")
    if not feeling.needs_care and _holds_approved_words(checked):
        return passed("next_step", "The approved answer stands in it word for word.")
    return warned(
        "next_step",
        "The customer has a problem, and the text does not say what happens next. Add what they can do, and "
        "where, or what we do now.",
    )


def _holds_approved_words(checked: CheckedText) -> bool:
    approved = frozenset[tuple[str, ...]]().union(*map(said_in, checked.sources))
    return bool(said_in(checked.text) & approved)


def _has_a_step(text: str) -> bool:
    folded = "\n".join(fold(line) for line in text.splitlines())
    if STEP.search(folded):
        return True
    return any(fact.kind in ("link", "mail", "phone") for fact in facts_in(text))
