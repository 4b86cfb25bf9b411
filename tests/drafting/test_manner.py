"""What a model is told of a voice before it writes."""

from pathlib import Path

from app.drafting.manner import manner_of
from app.drafting.voice import get_voice, read_voice

HARBOUR = Path(__file__).with_name("voices") / "harbour.yaml"


def test_the_model_hears_what_the_lint_will_ask_for() -> None:
    manner = manner_of(get_voice("skerry", "email-care"), "email", customer_text="Hello?", topic=None)

    assert manner.register.startswith("A courteous letter")
    assert manner.rules[:6] == (
        "Emoji: none.",
        "Exclamation marks: none.",
        "Speak as “we”, never as “I”.",
        "In German say “Sie”.",
        "Write words out in full: “it is”, not “it's”.",
        "No sentence is longer than 32 words.",
    )
    assert "Say “boat” instead of “ferry”." in manner.rules


def test_marks_follow_the_mood_of_the_message() -> None:
    voice = read_voice(HARBOUR)

    told = [
        manner_of(voice, "instagram", customer_text=said, topic=None).rules[:3]
        for said in ("Huge thanks to you all", "You are a disgrace")
    ]
    assert told == [
        ("Emoji: at most 2, only ☕ 🥐.", "Exclamation marks: at most 1.", "Speak as “I”, never as “we”."),
        ("Emoji: none.", "Exclamation marks: none.", "Speak as “I”, never as “we”."),
    ]


def test_examples_are_those_of_the_channel() -> None:
    voice = get_voice("skerry")

    shown = [
        [one.id for one in manner_of(voice, channel, customer_text="", topic=None).examples]
        for channel in ("x", "whatsapp")
    ]
    assert shown == [["price-first", "late-and-cross", "nothing-approved"]] * 2
