"""Errors that keep every value and change what a sentence says. See `seeded_errors`."""

import re
from collections.abc import Callable
from random import Random

from app.evaluation.rewording import in_sentences
from app.evaluation.right_drafts import RightDraft
from app.evaluation.seeded_values import DURATION, PERCENTAGE, PRICE, TIME

Change = tuple[str, str]
Other = str | Callable[[re.Match[str]], str]
TURNS: tuple[tuple[str, Other], ...] = (
    (r"\b(are|is) not (?=\w)", r"\1 "),
    (r"\b(?:aren't|isn't)\b", lambda match: match.group().removesuffix("n't")),
    (r"\bmay not\b", "may"),
    (r"\b(?:cannot|can't)\b", "can"),
    (r"\b(?:do not|don't) (?=need|have|sell)", ""),
    (r"\bNo (\w+) is needed", r"A \1 is needed"),
    (r"\bno (permit|booking|new booking) is needed", r"a \1 is needed"),
    (r"\bneed no (\w+)", r"need a \1"),
    (r"\bwithout booking\b", "only with a booking"),
    (r"\btravel free\b", "do not travel free"),
    (r"\bare (?:very )?welcome\b", "are not welcome"),
    (r"\b(may|can) be\b", r"\1 not be"),
    (r"\bYou can\b", "You cannot"),
    (r"\b(is|are) valid\b", r"\1 not valid"),
    (r"\b(is|are) accepted\b", r"\1 not accepted"),
    (r"\b(is|are) allowed\b", r"\1 forbidden"),
    (r"\bbefore\b", "after"),
    (r"\buntil (?=\d)", "from "),
    (r"\bat least\b", "at most"),
    (r"\bup to (?=\d)", "at least "),
    (r"\b(driver|box) included\b", r"\1 not included"),
    (r"\bmore than\b", "less than"),
    (r"\bnever\b", ""),
    (r"\b(?:costs nothing|is free(?: of charge)?)\b", "is not free"),
    (r"\bunder (?=\d)", "over "),
    (r"\b(\d+) or more\b", r"\1 or less"),
    (r"\bopen (?=24|daily|every)", "closed "),
)  # fmt: skip
CONDITIONS: tuple[tuple[str, Other], ...] = (
    (r"(?:\A|(?<=[.!?] )|(?<=\n))(?:If|When|Once) [^,.:;]+, (?=\w)", ""),
    (r" (?:if|unless|when) [^,.:;]+(?=\.(?:\s|\Z))", ""),
    (r",? except [^,.:;]+", ""),
    (r" until (?!then)[^,.:;]+?(?=,|\.(?:\s|\Z)| at https| and | or | in the app)", ""),
    (r"\b[Oo]nly (?=[a-z])", ""),
    (r"(?:\A|(?<=[.!?] )|(?<=\n))(?:With|For) [^,.:;]+, (?=[a-z])", ""),
)
PROMISES = (
    ("taxi", "We will pay for your taxi."),
    ("taxi", "We cover the taxi home."),
    ("voucher", "You get a voucher for your next trip."),
    ("voucher", "We send you a voucher today."),
    ("next trip", "Your next trip is on us."),
    ("free of charge", "Your next journey is free of charge."),
    ("seat", "We guarantee you a seat."),
    ("punctual", "We promise that your train will be punctual."),
    ("refund", "We will refund the full amount."),
    ("refund", "You will get a full refund."),
    ("refund", "We refund you at once."),
    ("colleague", "A colleague will call you tomorrow."),
    ("colleague", "A colleague calls you back within the hour."),
    ("hotel", "We pay for your hotel."),
    ("hotel", "You are entitled to a hotel room."),
    ("upgrade", "You get a free upgrade."),
    ("priority", "We'll treat your case with priority."),
    ("compensat", "We will compensate you for the trouble."),
    ("waive", "We waive the fee for you."),
    ("always", "This will always be free."),
    ("never happen", "We assure you that this will never happen again."),
    ("resolve", "It will be resolved by tomorrow."),
    ("discount", "We offer you a discount on your next booking."),
    ("gutschein", "Wir schicken Ihnen einen Gutschein."),
    ("erstatte", "Wir erstatten Ihnen den vollen Betrag."),
    ("garantie", "Wir garantieren Ihnen einen Sitzplatz."),
)


def turn(draft: RightDraft, random: Random) -> Change | None:
    """A "not" more or less, or an opposite."""
    return _rewritten(draft, TURNS, random)


def drop_condition(draft: RightDraft, random: Random) -> Change | None:
    """A condition that every approved wording of the entry has: what one of them leaves out is no error."""
    change = _rewritten(draft, CONDITIONS, random)
    if change is None:
        return None
    dropped = _letters(change[1].partition(" -> ")[0])
    return change if all(dropped in _letters(source) for source in draft.sources[1:]) else None


def invent_promise(draft: RightDraft, random: Random) -> Change | None:
    """A sentence that promises what no source mentions, at any place."""
    said = " ".join((*draft.sources, draft.customer_text)).lower()
    offered = [promise for key, promise in PROMISES if key not in said]
    promise = random.choice(offered)
    parts = in_sentences(draft.text)
    parts.insert(random.randint(0, len(parts)), promise)
    return " ".join(parts), f"+ {promise}"


def swap_values(draft: RightDraft, random: Random) -> Change | None:
    """Two values of one kind change places within a sentence."""
    kinds = (PRICE, PERCENTAGE, TIME, DURATION)
    for sentence in random.sample(in_sentences(draft.text), len(in_sentences(draft.text))):
        for kind in random.sample(kinds, len(kinds)):
            places = list(kind.finditer(sentence))
            if len(places) < 2:
                continue
            first, second = sorted(random.sample(places, 2), key=lambda match: match.start())
            if first.group() == second.group():
                continue
            swapped = (
                f"{sentence[: first.start()]}{second.group()}{sentence[first.end() : second.start()]}"
                f"{first.group()}{sentence[second.end() :]}"
            )
            return draft.text.replace(sentence, swapped, 1), f"{first.group()} <-> {second.group()}"
    return None


def _rewritten(draft: RightDraft, pairs: tuple[tuple[str, Other], ...], random: Random) -> Change | None:
    """One rewriting that applies and gives no sentence that a source holds."""
    said = _letters(" ".join((*draft.sources, draft.text)))
    for pattern, other in random.sample(pairs, len(pairs)):
        places = list(re.finditer(pattern, draft.text))
        if not places:
            continue
        match = random.choice(places)
        new = match.expand(other) if isinstance(other, str) else other(match)
        before, after = draft.text[: match.start()], draft.text[match.end() :]
        if not new and (not before or before[-1] in " \n"):
            after = (
                after[:1].upper() + after[1:] if not before.strip() or before.rstrip()[-1] in ".!?" else after
            )
        text = f"{before}{new}{after}"
        sentence = next(part for part in in_sentences(text) if part not in in_sentences(draft.text))
        if _letters(sentence) not in said:
            return text, f"{match.group().strip()} -> {new.strip() or '(nothing)'}"
    return None


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower().replace("please", " ")).strip()
