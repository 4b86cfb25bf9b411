"""Rules about how a reply begins and ends: greeting, the customer's name, signature."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.checks.voice_lint.reading import Reading, Violation
from app.checks.voice_lint.rules import Greeting, VoiceRules

HELLO = (
    r"hi|hiya|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings|hallo"
    r"|guten (?:tag|morgen|abend)|liebe[rs]?"
    r"|sehr geehrte[rs]?|moin|servus|grüß gott|bonjour|salut|chère?"
)
GREETED = re.compile(rf"\s*(?:{HELLO})(?=[\s,!.:]|$)", re.IGNORECASE)
NAMED = re.compile(
    rf"\s*(?:{HELLO})\s+(?!(?:There|All|Everyone|Everybody|Again|And|Customers?|Sir|Madam|Team|Traveller"
    r"|Passenger"
    r"|Zusammen|Herr|Frau|Familie|Damen|Kunde|Kundin|Mr|Mrs|Ms|Mx|Dr|Prof|Monsieur|Madame|We|You|Your|Our"
    r"|Thank|Thanks)\b)"
    r"(?-i:[A-ZÄÖÜ][\w'-]+)",
    re.IGNORECASE,
)
FROM = r"(?:,? (?:from )?(?-i:[A-ZÄÖÜ])[^\n]{0,40}|,?)[ \t]*"  # who signs, on the same line
SIGNED = re.compile(
    r"(?:^|(?<=[\n.!?])[ \t]*)(?:"
    r"(?:(?:(?:kind|best|warm|many)(?:est)? )?(?:regards|wishes)|(?:yours )?(?:sincerely|faithfully|truly)"
    r"|mit (?:freundlichen|besten|herzlichen) grüßen|(?:freundliche|viele|liebe|beste|herzliche) grüße"
    rf"|mfg|lg|vg|cordialement){FROM})(?:\n[^\n]{{1,60}}){{0,2}}\s*\Z"
    r"|(?:(?:\^|(?:\n|(?<=[.!?]) )[-–—/~] ?)(?-i:[A-ZÄÖÜ])[\w.]{0,20})\s*\Z",  # noqa: RUF001
    re.IGNORECASE | re.MULTILINE,
)


def greeting(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    if rules.greeting is Greeting.REQUIRED and rules.greetings and not _begins(read.text, rules.greetings):
        advice = f"Begin with “{rules.greetings[0]}”."
        yield read.violation("greeting", 0, 0, advice)
    if rules.greeting is Greeting.NEVER and (match := GREETED.match(read.text)):
        yield read.violation("greeting", *match.span(), "Begin with the answer: no greeting stands here.")


def first_names(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    if not rules.first_names and (match := NAMED.match(read.text)):
        yield read.violation(
            "first_names", *match.span(), "Leave out the name: we do not call customers by it."
        )


def signature(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    if rules.signature is None:
        return
    end = len(read.text.rstrip())
    if rules.signature:
        if not read.text.rstrip().endswith(rules.signature):
            shown = rules.signature.replace("\n", " / ")
            yield read.violation("signature", end, end, f"End with the signature “{shown}”.")
        return
    if match := SIGNED.search(read.text):
        start = end - len(match.group().strip())
        yield read.violation("signature", start, end, "Leave out the signature: none stands here.")


def _begins(text: str, greetings: tuple[str, ...]) -> bool:
    return any(_pattern(one).match(text) for one in greetings)


@lru_cache(maxsize=64)
def _pattern(greeting: str) -> re.Pattern[str]:
    """A greeting with {name} stands for any name of up to four words."""
    before, name, after = greeting.partition("{name}")
    slot = r"[^\n,!.]{1,60}" if name else ""
    return re.compile(rf"\s*{re.escape(before)}{slot}{re.escape(after)}(?!\w)")
