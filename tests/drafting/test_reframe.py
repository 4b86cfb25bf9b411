"""A person chose another approved answer: its words, in the frame that was chosen for the message."""

from collections.abc import Callable

import pytest

from app.channels.rules import measure
from app.drafting.models import Strategy
from app.drafting.reframe import reframe
from app.drafting.tasks import DraftingTask, NoDraftPossible, Proposal
from app.drafting.voice import Voice
from tests.drafting.conftest import BIKES, DELAYS, links_are_ours, task

OPENING = "We're sorry you were kept waiting."
SHORT = BIKES.public_short or ""


def reframed(
    voice: Voice,
    given: DraftingTask,
    *,
    made_first: str = "",
    acceptable: Callable[[str], list[str]] = links_are_ours,
) -> Proposal:
    return reframe(
        given,
        voice=voice,
        made_first=made_first,
        measure=lambda text: measure(given.network, text).length,
        acceptable=acceptable,
    )


def test_the_opening_chosen_for_the_message_stays_and_the_answer_changes(voice: Voice) -> None:
    made = reframed(voice, task(), made_first=f"{OPENING} A letter about a delay can be had for 28 days.")

    assert made == Proposal(f"{OPENING} {SHORT}", Strategy.COMPOSE, None, ("bikes/boat",))


def test_words_about_the_former_answer_do_not_stay(voice: Voice) -> None:
    about = voice.topic_opening.format(topic="a letter")

    made = reframed(voice, task(), made_first=f"{about} A letter can be had for 28 days.")

    assert "letter" not in made.text
    assert SHORT in made.text


def test_an_email_is_signed_once(voice: Voice) -> None:
    signature = voice.signature_for("email")
    given = task(network="email", public=False, limit=None)

    made = reframed(voice, given, made_first=f"{OPENING}\n\nA letter.\n\n{signature}")

    assert made.text == f"{OPENING}\n\n{BIKES.private_long}\n\n{signature}"


def test_what_does_not_fit_is_left_out_before_the_answer_is(voice: Voice) -> None:
    room = measure("x", SHORT).length

    made = reframed(voice, task(limit=room), made_first=f"{OPENING} A letter.")

    assert made.text == SHORT


def test_a_frame_that_a_check_refuses_is_left_out(voice: Voice) -> None:
    made = reframed(
        voice,
        task(),
        made_first=f"{OPENING} A letter.",
        acceptable=lambda text: ["sorry"] if "sorry" in text else [],
    )

    assert made.text == SHORT


def test_an_answer_that_cannot_be_offered_goes_to_a_person(voice: Voice) -> None:
    with pytest.raises(NoDraftPossible, match="fails here: too rude"):
        reframed(voice, task(), acceptable=lambda _: ["too rude"])
    with pytest.raises(NoDraftPossible, match=r"No approved wording of delays/letter fits into 20 on x\."):
        reframed(voice, task(limit=20, evidence=(DELAYS,)))
