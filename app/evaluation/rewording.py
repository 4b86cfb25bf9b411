"""Light rewordings that leave a draft right: order, politeness, contractions, values written in another way.

Written apart from the checks and without their code, so that what the checks cannot read shows.
"""

import re
from collections.abc import Callable
from random import Random

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
# A sentence that begins so leans on the one before it and stays there.
LEANS = re.compile(
    r"(?:It|They|That|This|These|After that|Afterwards|Until then|If it|If nothing|Its|Then|There|The card)\b"
)
NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _politely(match: re.Match[str]) -> str:
    return f"Please {match[1].lower()}"


SAME_WORDS = (
    (r"\btell us\b", "let us know"),
    (r"\bdo not\b", "don't"),
    (r"\bcannot\b", "can't"),
    (r"\bare not\b", "aren't"),
    (r"\bis not\b", "isn't"),
    (r"\bYou do not have to\b", "There is no need to"),
    (r"\bWe answer\b", "We will answer"),
    (r"\bwe answer\b", "we will answer"),
    (r"\bYou hear from\b", "You will hear from"),
    (r"\bwe pay it\b", "we will pay it"),
    (r"\bcosts nothing\b", "is free of charge"),
    (r"\bat no cost\b", "free of charge"),
    (r"\bup to (?=\d)", "no more than "),
    (r"\bdaily\b", "every day"),
    (r"\bleaves\b", "departs"),
    (r"\bBuy\b", "Please buy"),
    (r"\bcall (?=\+)", "phone "),
    (r"\bwrite to (?=\w+@)", "e-mail "),
    (r"\bPlease ([a-z])", lambda match: match[1].upper()),
    (r"(?<=\. )(Book|Send|Report|Ask|Call|Tell|Write|Show|Check|Apply)\b", _politely),
    (r"\bare welcome\b", "are very welcome"),
    (r"\bask for\b", "request"),
    (r"\btrains and boats\b", "boats and trains"),
    (r"\bMonday to Friday\b", "Monday through Friday"),
    (r"\bor older\b", "or over"),
)  # fmt: skip
SAME_VALUES = (
    (r"£(\d+)(?![.\d])", lambda match: f"{match[1]} pounds"),
    (r"£(\d+)(?![.\d])", lambda match: f"£{match[1]}.00"),
    (r"£(\d+)(?![.\d])", lambda match: f"GBP {match[1]}"),
    (r"(\d+)%", lambda match: f"{match[1]} per cent"),
    (r"(\d+)%", lambda match: f"{match[1]} %"),
    (r"(?<![\w.:£])(?<!GBP )([2-9]|1[0-2]) (?=[a-z]{4})", lambda match: f"{NUMBERS[int(match[1])]} "),
    (r"\b28 days\b", "four weeks"),
    (r"\b7 days\b", "one week"),
    (r"\b14 days\b", "two weeks"),
    (r"\b([01]\d|2[0-3]):([0-5]\d)\b", lambda match: _in_halves(int(match[1]), match[2])),
    (r"\b0(\d):([0-5]\d)\b", lambda match: f"{match[1]}:{match[2]}"),
    (r"\b(\d{1,2}) (March|February) (\d{4})\b", lambda match: f"{match[2]} {match[1]}, {match[3]}"),
    (r"\b(\d{1,2}) (March|February) (\d{4})\b", lambda match: _in_digits(match)),
    (r"\+44 1632", "0044 1632"),
    (r"\+44 1632", "01632"),
    (r"\+44 1632 (\d{3})(\d{3})", lambda match: f"+44 (1632) {match[1]} {match[2]}"),
    (r"https://", ""),
    (r"https://skerryline", "https://www.skerryline"),
    (r"\b24 hours a day\b", "24/7"),
    (r"\b(\d+) minutes\b", lambda match: f"{match[1]} min"),
    (r"\b1 hour\b", "60 minutes"),
    (r"\b2 hours\b", "120 minutes"),
)  # fmt: skip
KIND_SENTENCES = (
    "Thank you for writing to us.",
    "We hope this helps.",
    "Thanks for your patience.",
    "Do write again if anything is unclear.",
    "We are sorry for the trouble.",
    "Thank you for asking.",
    "Sorry to hear that.",
    "Hello and thank you for your message.",
    "Here is what you can do.",
    "Wishing you a pleasant journey.",
)


def reworded(text: str, random: Random) -> str:
    """One to three of the rewordings that apply, in random order."""
    steps: list[Callable[[str, Random], str]] = [_other_order, _kinder, _shorter, _condition_last]
    steps += [_same_words] * 3 + [_same_values] * 3
    wanted = random.randint(1, 3)
    for step in random.sample(steps, len(steps)):
        changed = step(text, random)
        wanted -= changed != text
        text = changed
        if not wanted:
            break
    return text


def in_sentences(text: str) -> list[str]:
    return SENTENCE_END.split(text)


def _other_order(text: str, random: Random) -> str:
    parts = in_sentences(text)
    if len(parts) < 2 or "\n" in text or any(LEANS.match(part) for part in parts):
        return text
    return " ".join(random.sample(parts, len(parts)))


def _kinder(text: str, random: Random) -> str:
    sentence = random.choice(KIND_SENTENCES)
    return f"{sentence} {text}" if random.random() < 0.5 else f"{text} {sentence}"


def _shorter(text: str, random: Random) -> str:
    """Without its last sentence, where two others stay."""
    parts = in_sentences(text)
    return " ".join(parts[:-1]) if len(parts) > 2 and "\n" not in text else text


def _condition_last(text: str, random: Random) -> str:
    """From "If A, B." to "B if A."."""
    parts = in_sentences(text)
    for place, part in enumerate(parts):
        moved = re.fullmatch(r"If ([^,.:;]+), ([a-z][^,.:;]+)\.", part)
        if moved:
            parts[place] = f"{moved[2][0].upper()}{moved[2][1:]} if {moved[1]}."
            return " ".join(parts) if "\n" not in text else text
    return text


def _same_words(text: str, random: Random) -> str:
    return _one_of(SAME_WORDS, text, random)


def _same_values(text: str, random: Random) -> str:
    return _one_of(SAME_VALUES, text, random)


def _one_of(
    pairs: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...], text: str, random: Random
) -> str:
    for pattern, other in random.sample(pairs, len(pairs)):
        changed = re.sub(pattern, other, text, count=1)
        if changed != text:
            return changed
    return text


def _in_halves(hour: int, minutes: str) -> str:
    half = "am" if hour < 12 else "pm"
    past = "" if minutes == "00" else f":{minutes}"
    return f"{(hour - 1) % 12 + 1}{past} {half}"


def _in_digits(match: re.Match[str]) -> str:
    return f"{match[1]}/{MONTHS.index(match[2]) + 1}/{match[3]}"
