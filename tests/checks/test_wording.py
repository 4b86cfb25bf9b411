"""Promises, turned sentences, banned words, hidden characters, length."""

from dataclasses import replace

import pytest

from tests.checks.checking import APPROVED, PLAIN, find


@pytest.mark.parametrize(
    "text",
    [
        "We will pay your taxi.",
        "We\u2019ll sort it out.",
        "Your next trip is free of charge.",
        "You hear from us within two days.",
        "We guarantee it.",
        "Wir werden das erstatten.",
    ],
)
def test_a_promise_nobody_approved_is_shown(text: str) -> None:
    found = find("promises", text)

    assert (found.passed, found.blocks, found.words) == (False, False, (text,))


@pytest.mark.parametrize(
    "text",
    [
        "You will have damaged cases replaced within ten working days.",
        "If cases are damaged we will replace them within 10 working days.",
        "We cannot promise that.",
        "We are glad to help.",
    ],
)
def test_what_an_approved_sentence_says_may_be_promised_in_other_words(text: str) -> None:
    assert find("promises", text).passed


def test_the_voices_own_phrases_promise_nothing() -> None:
    said = "We hope you get it back soon."

    assert not find("promises", said).passed
    assert find("promises", f"See skerryline.example/delay {said}", replace(PLAIN, own_words=(said,))).passed


def test_an_approved_sentence_may_promise() -> None:
    assert find("promises", "We\u2019re sorry. We replace damaged cases within 10 working days.").passed


@pytest.mark.parametrize(
    "text",
    [
        "We can't replace damaged cases within 10 working days.",
        "We do not replace damaged cases within 10 working days.",
        "Dogs do travel free on boats.",
        "Dogs travel free on boats.",
        "The desk is closed from 14:30, call +44 1632 960130.",
        "We replace undamaged cases within 10 working days.",
        "The desk is open until 14:30.",
    ],
)
def test_an_approved_sentence_turned_round_is_shown(text: str) -> None:
    assert find("negation", text).words == (text,)


@pytest.mark.parametrize(
    "text", [APPROVED[1], "Dogs don't travel free on boats.", "Cats do not like boats.", "No, sorry."]
)
def test_other_sentences_are_not_taken_for_turned_ones(text: str) -> None:
    assert find("negation", text).passed


def test_a_sentence_that_one_of_two_like_answers_says_is_not_turned() -> None:
    bikes = "Bikes of all kinds go free on trains.", "Bikes of all kinds do not go free on boats."

    assert find("negation", bikes[0], replace(PLAIN, sources=bikes)).passed


@pytest.mark.parametrize("text", ["Kindly wait.", "KINDLY", "\uff4bindly", "ki\u200bndly", "k\u0456ndly"])
def test_banned_words_are_found_in_any_dress(text: str) -> None:
    assert find("banned_words", text).words == ("kindly",)


def test_a_banned_phrase_is_found_with_any_ending() -> None:
    assert find("banned_words", "Dear valued customers, hello.").words == ("valued customers",)


def test_a_word_that_only_contains_a_banned_one_is_fine() -> None:
    assert find("banned_words", "They are unkindlyish. We value customers.").passed


@pytest.mark.parametrize(
    "text",
    [
        "a\u200bb",
        "a\u202eb",
        "a\x00b",
        "a\ud800b",
        "a\u00adb",
        "a\ufeffb",
        "a\ue000b",
        "a\u200db",
        "\u2066a\u2069",
    ],
)
def test_hidden_characters_block(text: str) -> None:
    found = find("hidden_characters", text)

    assert (found.passed, found.blocks) == (False, True)
    assert find("not_empty", text).passed


@pytest.mark.parametrize(
    "text",
    [
        "Two\nlines\r\nand a\ttab",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f\u200d\U0001f525 1\ufe0f\u20e3",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # the flag of England
        "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",  # Hebrew and Arabic
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian with a joiner inside
        "caf\u00e9 cafe\u0301",
    ],
)
def test_visible_text_of_all_kinds_passes(text: str) -> None:
    assert find("hidden_characters", text).passed


@pytest.mark.parametrize("text", ["", "  \n", "\u200b", "\u00a0"])
def test_nothing_to_say_blocks(text: str) -> None:
    assert find("not_empty", text).blocks


def test_too_long_a_text_says_by_how_much() -> None:
    found = find("length", "a" * 300, replace(PLAIN, network="x"))

    assert (found.passed, found.blocks) == (False, True)
    assert found.detail == "20 weighted characters too long: 300 of 280 on x."
