"""Faults owned, moods heard, next steps said, channels changed: what the rules of apology and switch find."""

from dataclasses import replace

import pytest

from app.checks.channel_moves import Channel, moves_in
from app.checks.checked_text import CheckedText, Finding
from app.checks.failed_channels import failures_in
from app.checks.findings import check_text
from app.checks.mood import Mood, feeling_of
from app.checks.switch_ground import SwitchGround
from app.checks.voice_lint.rules import Risky, VoiceRules
from tests.checks.checking import PLAIN, find

QUIET = replace(PLAIN, customer_text="When does the boat leave?")
ANGRY = replace(PLAIN, customer_text="Third time this week. You are a disgrace!")
MOVED = replace(QUIET, switch_ground=SwitchGround.PERSONAL_DATA)


@pytest.mark.parametrize(
    "text",
    [
        "It was our fault.",
        "We made a mistake with your booking.",
        "We're sorry, we've really messed up.",
        "We caused this delay.",
        "The train was late because of our error.",
        "That was a mistake on our side.",
        "We take full responsibility for the delay.",
        "We should have told you.",
        "We're sorry that we let you down.",
        "Das war unser Fehler.",
        "Wir haben bei der Buchung leider einen Fehler gemacht.",
        "Wir haben den Schaden verursacht.",
        "Das lag an uns.",
        "Wir hätten Sie früher informieren müssen.",
        "C'est notre faute.",
    ],
)
def test_a_fault_that_nobody_confirmed_is_blocked(text: str) -> None:
    assert find("fault_owned", text, QUIET).blocks
    assert not find("fault_owned", text, replace(QUIET, fault_confirmed=True)).blocks


@pytest.mark.parametrize(
    "text",
    [
        "We're sorry you were kept waiting.",
        "Es tut uns leid, dass Sie so lange warten mussten.",
        "If we made a mistake, you get your money back.",
        "We are checking whether it was our error.",
        "This was not our fault.",
        "Falls es unser Fehler war, erstatten wir den Preis.",
        "Your seat is our responsibility on board.",
        "We will look into what caused the delay.",
    ],
)
def test_being_sorry_and_leaving_it_open_own_no_fault(text: str) -> None:
    assert find("fault_owned", text, QUIET).passed


def test_a_fault_that_the_approved_answer_owns_may_be_owned() -> None:
    approved = replace(QUIET, sources=("On 3 May we made a mistake in the timetable.",))

    assert find("fault_owned", "We made a mistake in the timetable.", approved).passed
    assert find("fault_owned", "It was our fault.", approved).blocks


@pytest.mark.parametrize(
    ("said", "mood", "in_trouble"),
    [
        ("When does the boat leave?", Mood.NEUTRAL, False),
        ("My train is cancelled, can I take the next one?", Mood.NEUTRAL, True),
        ("You are a disgrace", Mood.UPSET, True),
        ("WHY DOES NOBODY answer me", Mood.UPSET, True),
        ("Schon wieder ausgefallen!", Mood.UPSET, True),
        ("My dad slipped on the ramp", Mood.GRAVE, True),
        ("Huge thanks to the conductor", Mood.HAPPY, False),
        ("Brilliant, the train is late again", Mood.NEUTRAL, True),
        ("", Mood.NEUTRAL, False),
    ],
)
def test_a_mood_shows_in_words(said: str, mood: Mood, in_trouble: bool) -> None:
    feeling = feeling_of(said)

    assert (feeling.mood, feeling.in_trouble) == (mood, in_trouble)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Claim at https://skerryline.example/delay.", False),
        ("We hear how frustrating this is.", True),
        ("Es tut uns leid, dass Sie warten mussten.", True),
    ],
)
def test_a_bad_mood_is_acknowledged(text: str, heard: bool) -> None:
    assert find("acknowledged", text, ANGRY).passed is heard
    assert not find("acknowledged", text, ANGRY).blocks
    assert find("acknowledged", text, QUIET).passed


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("We hear how frustrating this is.", False),
        ("We're sorry. That must have been hard.", False),
        ("We're sorry. A manager looks into it.", True),
        ("We're sorry. Please show the barcode.", True),
        ("We're sorry. https://skerryline.example/delay", True),
        ("Es tut uns leid. Wir prüfen das gerade.", True),
        ("Es tut uns leid. Bitte zeigen Sie das Ticket.", True),
    ],
)
def test_a_complaint_hears_what_happens_next(text: str, step: bool) -> None:
    assert find("next_step", text, ANGRY).passed is step


def test_a_question_about_trouble_is_answered_by_the_approved_answer() -> None:
    asked = replace(QUIET, customer_text="My bag is lost. How long do you keep it?", sources=("28 days.",))

    assert find("next_step", "28 days.", asked).passed
    assert not find("next_step", "A while.", asked).passed
    assert not find("next_step", "28 days.", replace(asked, customer_text="You lost my bag, awful!")).passed


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Please send us a DM with your booking.", Channel.PRIVATE),
        ("Could you drop us a quick message?", Channel.PRIVATE),
        ("DM us.", Channel.PRIVATE),
        ("Let's take this to private messages.", Channel.PRIVATE),
        ("Schreiben Sie uns bitte eine Nachricht.", Channel.PRIVATE),
        ("Schick uns gern eine PN.", Channel.PRIVATE),
        ("Envoyez-nous un message privé.", Channel.PRIVATE),
        ("Please e-mail us.", Channel.MAIL),
        ("Please contact us by email.", Channel.MAIL),
        ("Schreiben Sie uns eine E-Mail.", Channel.MAIL),
        ("Écrivez-nous par e-mail.", Channel.MAIL),
        ("Just give us a call.", Channel.PHONE),
        ("Please call customer service.", Channel.PHONE),
        ("Rufen Sie uns bitte an.", Channel.PHONE),
        ("Appelez-nous.", Channel.PHONE),
    ],
)
def test_a_move_to_another_channel_is_noticed(text: str, channel: Channel) -> None:
    assert [move.channel for move in moves_in(text, network="x", public=True)] == [channel]


@pytest.mark.parametrize(
    "text",
    [
        "Please call +44 1632 960130 now.",
        "Write to refunds@skerryline.example with both dates.",
        "Apply at https://skerryline.example/assist.",
        "We have sent you a private message.",
        "Thank you for your private message.",
        "Do not send us a DM with your card number.",
        "A manager calls you back within 1 working day.",
        "Your receipt comes by e-mail.",
        "Eine Kollegin antwortet Ihnen hier.",
    ],
)
def test_a_link_an_address_or_a_promise_is_no_move(text: str) -> None:
    assert moves_in(text, network="x", public=True) == []


def test_where_the_customer_already_is_there_is_no_move() -> None:
    assert moves_in("Send us a private message.", network="x", public=False) == []
    assert moves_in("Write us an e-mail.", network="email", public=False) == []


def test_what_the_approved_answer_says_is_no_move() -> None:
    source = "For this, call us. We are there."

    assert moves_in("For this, call us.", network="x", public=True, sources=(source,)) == []


NO_WORD, EXCUSED = "Please send us a DM.", "Please send us a DM; we're sorry for the extra step."


@pytest.mark.parametrize(
    ("text", "about", "passes"),
    [
        (EXCUSED, QUIET, False),
        (NO_WORD, MOVED, False),
        (f"We're sorry you had to wait. It is open on all days. {NO_WORD}", MOVED, False),
        (EXCUSED, MOVED, True),
        ("It is open.", QUIET, True),
        ("It is open.", MOVED, True),
    ],
)
def test_a_move_needs_its_ground_and_a_word_for_the_trouble(
    text: str, about: CheckedText, passes: bool
) -> None:
    found = find("channel_move", text, about)

    assert (found.passed, found.blocks) == (passes, not passes)


@pytest.mark.parametrize(
    ("said", "failed"),
    [
        ("I already called.", {Channel.PHONE}),
        ("I've been on hold for an hour", {Channel.PHONE}),
        ("Nobody answers your e-mail.", {Channel.MAIL}),
        ("I emailed you twice. DM'd you three times.", {Channel.MAIL, Channel.PRIVATE}),
        ("Auf meine Mail keine Antwort", {Channel.MAIL}),
        ("Ich habe schon dreimal angerufen", {Channel.PHONE}),
        ("Habe euch eine PN geschickt, niemand reagiert", {Channel.PRIVATE}),
        ("I haven't called yet. Should I?", set()),
        ("Can you e-mail me the receipt again?", set()),
        ("I called the conductor over.", set()),
    ],
)
def test_a_channel_that_failed_is_understood(said: str, failed: set[Channel]) -> None:
    assert set(failures_in(said)) == failed


def test_nobody_is_sent_back_to_a_channel_that_failed() -> None:
    about = replace(MOVED, customer_text="I called three times. Nobody picks up.")

    found = find("bounce_back", "Please call +44 1632 960130.", about)
    assert found.blocks
    assert found.detail == (
        "The customer wrote “I called three times.”, and “+44 1632 960130” sends them back to the telephone. "
        "Answer here, or offer another way."
    )
    assert find("bounce_back", "Please give us a ring.", about).blocks
    assert find("bounce_back", "In danger, call 999.", about).passed
    assert find("bounce_back", "Write to refunds@skerryline.example.", about).passed


SHOWN = VoiceRules(
    risky=Risky(internal=("backlog",), sarcasm=("good luck with that",), blame=("you should have",))
)


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It is in the backlog.", "internal"),
        ("Good luck with that.", "sarcasm"),
        ("You should have read.", "blame"),
    ],
)
def test_what_embarrasses_in_a_picture_is_told_in_private_as_well(text: str, kind: str, public: bool) -> None:
    found = find("public_risk", text, replace(QUIET, voice=SHOWN, public=public))

    assert (found.passed, found.blocks, kind in found.detail) == (False, False, True)
    assert ("as if everybody could read it" in found.detail) is not public


RECENT = replace(
    QUIET,
    recent_replies=(
        "Thank you for asking. Dogs travel free on trains. Have a good journey.",
        "We looked at the camera pictures of the deck and saw nobody near your bag that evening.",
    ),
    sources=("Dogs travel free on trains.",),
    fixed_parts=("Hello,", "Kind regards\nSkerry Line Customer Care"),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Thank you for asking. Bikes cost £3.", ("Thank you for asking.",)),
        ("Bikes cost £3. HAVE A GOOD JOURNEY!", ("HAVE A GOOD JOURNEY!",)),
        ("Dogs travel free on trains.", ()),
        ("Yes. No. Thank you.", ()),
        (
            "We looked at the camera pictures of the deck and saw nobody near your bag that night.",
            ("We looked at the camera pictures of the deck and saw nobody near your bag that night.",),
        ),
        ("We looked at the pictures, and nobody was near it.", ()),
    ],
)
def test_wording_of_recent_public_replies_is_told(text: str, words: tuple[str, ...]) -> None:
    assert find("repetition", text, RECENT).words == words


def test_greeting_and_signature_may_come_again() -> None:
    letter = "Hello,\n\nIt is.\n\nKind regards\nSkerry Line Customer Care"

    assert find("repetition", letter, replace(RECENT, recent_replies=(letter,))).passed


def test_the_rules_of_switch_and_apology_take_a_long_hostile_text() -> None:
    for piece in ("send us a ", "we have ", "our ", "i called ", "wir hatten ", "e-mail ", "please "):
        text = (piece * 25_000)[:25_000]
        names = [found.name for found in check_text(replace(PLAIN, text=text, customer_text=text))]
        assert names[-1].startswith("voice")


def test_a_finding_says_what_to_do() -> None:
    found: list[Finding] = check_text(replace(ANGRY, text="It was our fault. DM us."))

    told = {one.name: one.detail for one in found if not one.passed}
    assert told["fault_owned"].endswith("Say instead that you are sorry for what happened to the customer.")
    assert "record the ground" in told["channel_move"]
