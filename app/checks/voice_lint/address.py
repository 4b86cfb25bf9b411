"""How German speaks to the customer: du or Sie, and never both."""

from collections.abc import Iterator

from app.checks.voice_lint.reading import Reading, Violation, Word
from app.checks.voice_lint.rules import Address, VoiceRules

FAMILIAR = frozenset(["du", "dich", "dir", "dein", "deine", "deinen", "deinem", "deiner", "deines", "dein's"])
POLITE = frozenset(["Sie", "Ihnen", "Ihr", "Ihre", "Ihren", "Ihrem", "Ihrer", "Ihres"])
# Commands to one person one calls du; they stand first or after "bitte".
COMMANDS = frozenset(
    [
        "schreib",
        "schreibe",
        "schick",
        "schicke",
        "ruf",
        "rufe",
        "melde",
        "schau",
        "klick",
        "klicke",
        "sende",
        "wende",
        "probier",
    ]
)


def form_of_address(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    if rules.language != "de":
        return
    familiar, polite = _familiar(read.words), _polite(read.words)
    if rules.address is Address.SIE:
        yield from (_told(read, word, "Sie") for word in familiar)
    elif rules.address is Address.DU:
        yield from (_told(read, word, "du") for word in polite)
    elif familiar and polite:
        fewer, keep = (familiar, "Sie") if len(familiar) <= len(polite) else (polite, "du")
        yield from (_told(read, word, keep) for word in fewer)


def _told(read: Reading, word: Word, keep: str) -> Violation:
    advice = f"Speak to the customer as “{keep}”: “{word.written}” does not fit."
    return read.violation("form_of_address", word.start, word.end, advice)


def _familiar(words: list[Word]) -> list[Word]:
    return [
        word
        for before, word in zip([None, *words], words, strict=False)
        if word.folded in FAMILIAR
        or (word.folded in COMMANDS and (word.opens or (before is not None and before.folded == "bitte")))
    ]


def _polite(words: list[Word]) -> list[Word]:
    """A capital in the middle of a sentence; at its start "Sie" may be they and "Ihr" her."""
    return [word for word in words if word.written in POLITE and not word.opens]
