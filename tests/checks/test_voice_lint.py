"""Each rule of a voice, broken and kept, with the place where it is broken."""

import time
from dataclasses import replace

import pytest

from app.checks.findings import CheckedText
from app.checks.voice_lint.findings import check_voice
from app.checks.voice_lint.lint import NAMES, lint
from app.checks.voice_lint.readability import count_syllables, reading_ease
from app.checks.voice_lint.reading import Reading, Violation
from app.checks.voice_lint.rules import (
    Address,
    Contractions,
    FirstPerson,
    Greeting,
    Preferred,
    VoiceRules,
)

FREE = VoiceRules(language="en")
STRICT = VoiceRules(
    language="en",
    emoji_most=1,
    emoji_allowed=("☕",),
    exclamation_most=0,
    preferred=(Preferred("purchas*", "buy"),),
    greeting=Greeting.NEVER,
    signature="",
    address=Address.SIE,
    first_names=False,
    person=FirstPerson.WE,
    contractions=Contractions.AVOID,
    shouting=False,
    capitals=("PDF",),
    longest_sentence=12,
    apologies_most=1,
    no_apology=("sorry if",),
    links_most=1,
    hashtags_most=0,
    repeated_punctuation=False,
    robotic=("hope this helps",),
)
GERMAN = replace(STRICT, language="de")


def places(text: str, rules: VoiceRules = STRICT) -> list[tuple[str, str]]:
    return [(found.rule, found.words) for found in lint(text, rules)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Coffee 🐶 is on.", [("emoji", "🐶")]),
        ("Coffee ☕ is on ☕.", [("emoji", "☕")]),
        ("Coffee is on :)", [("emoji", ":)")]),
        ("It is open!", [("exclamation_marks", "!")]),
        ("It is open!?", [("exclamation_marks", "!"), ("repeated_punctuation", "!?")]),
        ("You purchased it.", [("preferred_words", "purchased")]),
        ("Hope this helps.", [("robotic_phrases", "Hope this helps")]),
        ("Hello, it is open.", [("greeting", "Hello")]),
        ("Hi Anna, it is open.", [("greeting", "Hi"), ("first_names", "Hi Anna")]),
        ("It is open.\nKind regards\nAnna", [("signature", "Kind regards\nAnna")]),
        ("It is open. ^AL", [("signature", "^AL")]),
        ("It is open. - Anna", [("signature", "- Anna")]),
        ("I asked, and it's open.", [("first_person", "I"), ("contractions", "it's")]),
        ("That is NOT so.", [("shouting", "NOT")]),
        ("Do GO ON please.", [("shouting", "GO"), ("shouting", "ON")]),
        ("Sorry if it hurt.", [("apology_style", "Sorry if")]),
        ("We are sorry. Sorry again.", [("apology_style", "Sorry")]),
        ("See https://a.example and https://b.example.", [("links", "https://b.example")]),
        ("It is open #news", [("hashtags", "#news")]),
        ("Wait..... it is open,, now", [("repeated_punctuation", "....."), ("repeated_punctuation", ",,")]),
        (
            "We ask. One two three four five six seven eight nine ten eleven twelve thirteen.",
            [
                (
                    "sentence_length",
                    "One two three four five six seven eight nine ten eleven twelve thirteen.",
                )
            ],
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_place(text: str, found: list[tuple[str, str]]) -> None:
    assert places(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The PDF is enough. Coffee ☕ is on.",
        "Pull down My trips, then look at coach A.",
        "Nobody's ticket was lost: the crew's list has it.",
        "See https://a.example/Why!?#part for it.",
        "Write to hi@a.example, e.g. before 5 p.m. on Friday.",
        "Boats run until 21.40. Trains until 23.05.",
        "Hi-vis jackets are on the shelf...",
        "Dearly loved teddies wait at the desk.",
        "Kind regards are what the crew sends you today.",
        "",
    ],
)
def test_what_only_looks_like_a_fault_is_left_alone(text: str) -> None:
    assert places(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Du kannst dein Ticket zeigen.", ["Du", "dein"]),
        ("Bitte schreib die Nummer auf.", ["schreib"]),
        ("Zeigen Sie bitte Ihr Ticket.", []),
        ("Sie sind verfügbar, die Tickets.", []),
    ],
)
def test_a_voice_that_says_sie_never_says_du(text: str, found: list[str]) -> None:
    assert [words for rule, words in places(text, GERMAN) if rule == "form_of_address"] == found


def test_a_voice_that_says_du_never_says_sie_and_a_free_one_never_mixes() -> None:
    du, free = replace(GERMAN, address=Address.DU), replace(GERMAN, address=Address.FREE)

    assert places("Zeigen Sie Ihr Ticket.", du) == [("form_of_address", "Sie"), ("form_of_address", "Ihr")]
    assert places("Zeigen Sie Ihr Ticket, du bist da.", free) == [("form_of_address", "du")]
    assert places("Zeigen Sie Ihr Ticket.", free) == []


def test_german_is_one_person_or_several() -> None:
    assert places("Ich frage meine Kollegin.", GERMAN) == [("first_person", "Ich"), ("first_person", "meine")]
    assert places("Wir meinen Gleis 2.", GERMAN) == []
    assert places("Ich frage.", replace(GERMAN, person=FirstPerson.I)) == []
    assert places("Wir fragen.", replace(GERMAN, person=FirstPerson.I)) == [("first_person", "Wir")]


def test_letters_with_marks_are_letters_of_their_own() -> None:
    boats = replace(GERMAN, preferred=(Preferred("Fähre*", "Boot"),))

    assert places("Wir fahren mit der Fähre.", boats) == [("preferred_words", "Fähre")]


LETTER = replace(
    STRICT, greeting=Greeting.REQUIRED, greetings=("Hello,", "Dear {name},"), signature="Regards\nWe"
)


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Hello,\n\nIt is open.\n\nRegards\nWe", []),
        ("Dear Mrs van der Berg,\n\nIt is open.\n\nRegards\nWe\n", []),
        ("It is open.\n\nRegards\nWe", ["greeting"]),
        ("Hello,\n\nIt is open.", ["signature"]),
        ("Hellofresh is open.\n\nRegards\nWe", ["greeting"]),
    ],
)
def test_a_letter_has_its_greeting_and_its_signature(text: str, rules: list[str]) -> None:
    assert [rule for rule, _ in places(text, LETTER)] == rules


def test_a_missing_part_is_placed_where_it_belongs() -> None:
    found = lint("It is open.", LETTER)

    assert found == [
        Violation("greeting", 0, 0, "", "Begin with “Hello,”."),
        Violation("signature", 11, 11, "", "End with the signature “Regards / We”."),
    ]


def test_a_place_is_where_the_words_stand() -> None:
    text = "It is open. Come!"

    (found,) = lint(text, replace(FREE, exclamation_most=0))
    assert (found.start, found.end, text[found.start : found.end]) == (16, 17, "!")


@pytest.mark.parametrize(
    ("word", "language", "syllables"),
    [
        ("train", "en", 1),
        ("tickets", "en", 2),
        ("refunded", "en", 3),
        ("time", "en", 1),
        ("table", "en", 2),
        ("Fahrkarte", "de", 3),
        ("Züge", "de", 2),
        ("Reise", "de", 2),
        ("Bahnhöfe", "de", 3),
    ],
)
def test_syllables_are_counted_by_vowels(word: str, language: str, syllables: int) -> None:
    assert count_syllables(word, language) == syllables


def test_reading_ease_follows_its_formula() -> None:
    # 6 words in 2 sentences, 7 syllables: 206.835 - 1.015 * 3 - 84.6 * 7 / 6, and 180 - 3 - 58.5 * 7 / 6.
    read = Reading("The boat is late. We waited.")

    assert round(reading_ease(read, "en"), 2) == 105.09
    assert round(reading_ease(Reading("Das Boot kommt. Wir warten noch."), "de"), 2) == 108.75


def test_a_hard_text_is_told_with_its_hardest_sentence() -> None:
    hard = "Reimbursement eligibility necessitates comprehensive documentation."
    text = f"{hard} " + "We ask the crew on the boat and you hear from us in a day or two. " * 2
    rules = replace(FREE, reading_ease=90.0)

    assert [(found.rule, found.words) for found in lint(text, rules)] == [("reading_level", hard)]
    assert lint("Reimbursement eligibility necessitates documentation.", rules) == []  # too short to tell


def test_a_voice_that_says_nothing_finds_nothing() -> None:
    assert lint("HI Anna!!! I'm sorry if 🐶 #so https://a.example\nKind regards\nMe", VoiceRules()) == []


def test_a_rule_blocks_only_where_the_voice_says_must() -> None:
    checked = CheckedText("Come! Now!", "x", True, (), "", (), (), voice=replace(FREE, exclamation_most=0))
    must = replace(checked.voice, blocking=frozenset({"exclamation_marks"}))

    (warned,), (blocked,) = check_voice(checked), check_voice(replace(checked, voice=must))
    assert (warned.name, warned.blocks, warned.words) == ("voice_exclamation_marks", False, ("!",))
    assert warned.detail.endswith("(2 places)")
    assert blocked.blocks


def test_every_rule_has_a_name_of_its_own() -> None:
    assert len(NAMES) == 17


@pytest.mark.parametrize(
    "piece",
    ["a. ", "!", ".x", "#", "A ", "Ab'", "@", "https://", ":) ", "\n", "ich ", "🇳", "^A ", ",,", "«»"],
)
def test_a_long_hostile_text_is_linted_in_little_time(piece: str) -> None:
    text = (piece * 25_000)[:25_000]
    began = time.perf_counter()

    lint(text, GERMAN)
    lint(text, replace(LETTER, reading_ease=50.0))

    assert time.perf_counter() - began < 5  # a quadratic rule takes minutes
