"""Rules about words: preferred ones, robotic ones, contractions, who speaks, and how the voice is sorry."""

from collections.abc import Iterator

from app.checks.voice_lint.phrase_places import phrase_places
from app.checks.voice_lint.reading import Reading, Violation, Word
from app.checks.voice_lint.rules import Contractions, FirstPerson, VoiceRules

APOLOGIES = (
    "sorry",
    "apolog*",
    "regret",
    "entschuldig*",
    "tut uns leid",
    "tut es uns leid",
    "tut mir leid",
    "leid tut",
    "bedauern",
)
SINGULAR = {
    "en": frozenset(["i", "i'm", "i've", "i'll", "i'd", "me", "my", "mine", "myself"]),
    "de": frozenset(["ich", "mich", "mir", "mein", "meine", "meinen", "meinem", "meiner", "meines"]),
}
PLURAL = {
    "en": frozenset(["we", "we're", "we've", "we'll", "we'd", "us", "our", "ours", "ourselves"]),
    "de": frozenset(["wir", "uns", "unser", "unsere", "unseren", "unserem", "unserer", "unseres"]),
}
CONTRACTED_ENDS = ("n't", "'re", "'ve", "'ll", "'m", "'d")
CONTRACTED = frozenset(
    ["it's", "that's", "there's", "here's", "what's", "who's", "where's", "let's", "he's", "she's", "how's"]
)


def preferred_words(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    instead = {one.instead_of: one.say for one in rules.preferred}
    for place in phrase_places(tuple(instead)).found_in(read.words):
        shown = read.text[place.start : place.end]
        yield read.violation(
            "preferred_words", place.start, place.end, f"Say “{instead[place.phrase]}” instead of “{shown}”."
        )


def robotic_phrases(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    for place in phrase_places(rules.robotic).found_in(read.words):
        shown = read.text[place.start : place.end]
        yield read.violation(
            "robotic_phrases",
            place.start,
            place.end,
            f"Say it in your own words: “{shown}” sounds like a machine.",
        )


def contractions(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    if rules.contractions is not Contractions.AVOID or rules.language != "en":
        return
    for word in read.words:
        if word.folded in CONTRACTED or word.folded.endswith(CONTRACTED_ENDS):
            yield read.violation(
                "contractions",
                word.start,
                word.end,
                f"Write “{word.written}” out in full: nothing is shortened here.",
            )


def first_person(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    wrong = {FirstPerson.WE: SINGULAR, FirstPerson.I: PLURAL}.get(rules.person, {}).get(rules.language)
    if not wrong:
        return
    speaks = "we" if rules.person is FirstPerson.WE else "I"
    for before, word in zip([None, *read.words], read.words, strict=False):
        if word.folded in wrong and not _is_a_name(word) and not _is_a_verb(word, before):
            yield read.violation(
                "first_person",
                word.start,
                word.end,
                f"Say it as “{speaks}”: “{word.written}” is not how we speak.",
            )


def _is_a_name(word: Word) -> bool:
    """The app's page My trips, and the German "Mein Konto", in the middle of a sentence."""
    return (
        not word.opens
        and word.written[0].isupper()
        and word.folded not in ("i", "i'm", "i've", "i'll", "i'd")
    )


def _is_a_verb(word: Word, before: Word | None) -> bool:
    return word.folded == "meinen" and before is not None and before.folded in ("wir", "sie")


def apology_style(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    for place in phrase_places(rules.no_apology).found_in(read.words):
        yield read.violation(
            "apology_style",
            place.start,
            place.end,
            "Be sorry for what happened to the customer, in plain words: this is no apology.",
        )
    if rules.apologies_most is None:
        return
    apologies = sorted(phrase_places(APOLOGIES).found_in(read.words), key=lambda place: place.start)
    for place in apologies[rules.apologies_most :]:
        yield read.violation(
            "apology_style",
            place.start,
            place.end,
            f"Be sorry once: {rules.apologies_most} is enough in one reply.",
        )
