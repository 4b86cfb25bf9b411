"""Asking for private data in public, in three languages, and the right way to ask."""

from dataclasses import replace

import pytest

from tests.checks.checking import PLAIN, find

NAME = "asks_for_private_data"


@pytest.mark.parametrize(
    "text",
    [
        "Please send us your booking reference.",
        "Could you tell us your email address?",
        "What's your phone number?",
        "We need your date of birth to check this.",
        "Can we have your full name and address, please?",
        "Send us the order number please.",
        "Drop your email below.",
        "If you can't find it, send us your email address.",
        "Don't worry, just post your booking reference here.",
        "Please don't send a private message, post your order number here.",
        "Bitte schicken Sie uns Ihre Buchungsnummer.",
        "Wie lautet Ihre E-Mail-Adresse?",
        "Können Sie uns Ihre Telefonnummer nennen?",
        "Antworten Sie hier mit Ihrer Kundennummer.",
        "Falls Sie ihn nicht finden, schicken Sie uns Ihre Adresse.",
        "Pouvez-vous nous donner votre numéro de réservation ?",
        "Quel est votre numéro de téléphone ?",
        "Merci de nous indiquer votre numéro de commande.",
        "Nous avons besoin de votre date de naissance.",
    ],
)
def test_asking_in_public_blocks_and_says_what_to_do(text: str) -> None:
    found = find(NAME, f"We are sorry. {text}")

    assert (found.passed, found.blocks, found.words) == (False, True, (text,))
    assert "in a private message" in found.detail
    assert find(NAME, text, replace(PLAIN, public=False)).passed


@pytest.mark.parametrize(
    "text",
    [
        "Please send us your booking reference by private message.",
        "Please send us a direct message. We need your booking reference and date of birth.",
        "Please don't post your booking reference here; send it by private message.",
        "Never share your card number publicly.",
        "We will never ask for your password.",
        "We'll send you your ticket number by tomorrow.",
        "Have your booking reference ready at the desk.",
        "Claim at https://skerryline.example/delay with your ticket number.",
        "Write to care@skerryline.example with your booking reference.",
        "You can pay by card at the desk.",
        "The refund goes back to your card within 5 days.",
        "Bitte schicken Sie uns Ihre Buchungsnummer als private Nachricht.",
        "Bitte posten Sie Ihre Buchungsnummer nicht öffentlich.",
        "Wir schicken Ihnen Ihre Buchungsnummer zu.",
        "Envoyez-nous votre numéro de réservation en message privé.",
        "Ne publiez jamais votre numéro de carte.",
        "Nous vous envoyons votre numéro de dossier.",
    ],
)
def test_asking_in_private_warning_and_giving_are_fine(text: str) -> None:
    assert find(NAME, text).passed
