"""One way to run a single check in these tests."""

from dataclasses import replace

from app.checks.findings import CheckedText, Finding, check_text

APPROVED = (
    "How do I claim for a delay?",
    "Claim within 28 days at https://skerryline.example/delay. We pay back 25% of a single fare of £7.80 for "
    "30 to 59 minutes. We replace damaged cases within 10 working days. The desk is open from 14:30, call "
    "+44 1632 960130. Dogs do not travel free on boats. It ends on 12 November 2026.",
)
PLAIN = CheckedText(
    text="",
    network="facebook",
    public=True,
    sources=APPROVED,
    customer_text="I was 70 minutes late on Tuesday. Write to anna@mail.example.",
    allowed_domains=("skerryline.example",),
    banned_words=("kindly", "valued customer*"),
)


def find(name: str, text: str, about: CheckedText = PLAIN) -> Finding:
    """What the check of that name finds in a text."""
    return next(found for found in check_text(replace(about, text=text)) if found.name == name)
