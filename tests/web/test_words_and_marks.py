from datetime import UTC, datetime, timedelta

import pytest

from app.web.events import event_names
from app.web.marks import Mark, Marked, Segment, name_of_label, plain, segments
from app.web.word_diff import Kind, word_diff
from app.web.words import Urgency, closeness, due_in_words, exact_time, listed

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "words", "urgency"),
    [
        (-4, "late 4 min", Urgency.LATE),
        (-0.5, "late under 1 min", Urgency.LATE),
        (7, "7 min", Urgency.SOON),
        (15, "15 min", Urgency.SOON),
        (16, "16 min", Urgency.LATER),
        (125, "2 h 5 min", Urgency.LATER),
        (60 * 47, "47 h", Urgency.LATER),
        (60 * 72, "3 d", Urgency.LATER),
    ],
)
def test_a_due_time_is_said_in_words(minutes: float, words: str, urgency: Urgency) -> None:
    due = due_in_words(NOON + timedelta(minutes=minutes), now=NOON)

    assert (due.words, due.urgency) == (words, urgency)


def test_an_exact_time_names_the_day_and_year_only_where_they_differ() -> None:
    assert exact_time(NOON, now=NOON) == "12:00 UTC"
    assert exact_time(NOON - timedelta(days=1), now=NOON) == "22 Nov 12:00 UTC"
    assert exact_time(NOON - timedelta(days=365), now=NOON) == "23 Nov 2025 12:00 UTC"


def test_scores_and_lists_are_words() -> None:
    assert [closeness(score) for score in (0.9, 0.7, 0.5, 0.1)] == [
        "very close",
        "close",
        "related",
        "loosely related",
    ]
    assert (listed(["a"]), listed(["a", "b", "c"])) == ("a", "a, b and c")


def test_findings_that_overlap_are_one_mark_as_bad_as_the_worst() -> None:
    marked = [
        Marked("https://evil.example/x", Mark.WARN, "Not traced."),
        Marked("evil.example", Mark.BAD, "Not allowed."),
        Marked("See", Mark.WARN, "Why not."),
    ]

    assert segments("See https://evil.example/x!", marked) == [
        Segment("See", Mark.WARN, "Why not."),
        Segment(" "),
        Segment("https://evil.example/x", Mark.BAD, "Not traced. Not allowed."),
        Segment("!"),
    ]


def test_of_findings_as_bad_as_each_other_the_precise_one_is_shown() -> None:
    marked = [
        Marked("claim within 30 days for £5", Mark.WARN, "A promise."),
        Marked("30 days", Mark.WARN, "No source."),
        Marked("£5", Mark.WARN, "No source."),
    ]

    assert [(one.text, one.why) for one in segments("Please claim within 30 days for £5.", marked)] == [
        ("Please claim within ", ""),
        ("30 days", "A promise. No source."),
        (" for ", ""),
        ("£5", "No source."),
        (".", ""),
    ]


def test_flagged_words_are_cut_out_and_a_finding_outweighs_a_signature() -> None:
    marked = [
        Marked("refund you", Mark.SIGN, "asks for legal"),
        Marked("Refund you tomorrow", Mark.BAD, "no source"),
        Marked("  ", Mark.BAD, "nothing"),
    ]

    assert segments("We refund you tomorrow.", marked) == [
        Segment("We "),
        Segment("refund you tomorrow", Mark.BAD, "no source"),
        Segment("."),
    ]


def test_characters_nobody_can_see_are_named_but_scripts_and_emoji_stay_whole() -> None:
    assert segments("a\u202eb\u200b\u200b") == [
        Segment("a"),
        Segment("U+202E", is_hidden=True),
        Segment("b"),
        Segment("U+200B", is_hidden=True),
        Segment("U+200B", is_hidden=True),
    ]
    family = "👩‍👩‍👧 line\n\tnext می‌خواهم"
    assert segments(family) == [Segment(family)]
    assert plain("a\u202eb") == "a[U+202E]b"
    assert name_of_label("U+202E") == "right-to-left override"


def test_segments_say_nothing_else_than_the_text() -> None:
    text = "<b>1 & 2</b> \\ ' \" refund"
    assert "".join(one.text for one in segments(text, [Marked("b>1", Mark.WARN, "")])) == text


def test_a_diff_names_the_changed_words_only() -> None:
    changes = word_diff("The boat leaves at 21:40.", "The boat leaves at 20:40 sharp.")

    assert [(one.kind, one.segments[0].text) for one in changes] == [
        (Kind.SAME, "The boat leaves at "),
        (Kind.REMOVED, "21"),
        (Kind.ADDED, "20"),
        (Kind.SAME, ":40"),
        (Kind.ADDED, " sharp"),
        (Kind.SAME, "."),
    ]
    assert [one.kind for one in word_diff("same", "same")] == [Kind.SAME]


def test_a_diff_of_huge_texts_replaces_the_whole() -> None:
    assert [one.kind for one in word_diff("a b " * 2000, "b a " * 2000)] == [Kind.REMOVED, Kind.ADDED]


@pytest.mark.parametrize(
    ("subject", "names"),
    [
        ("conversation:7", ("conversation-7", "queue")),
        ("conversation:None", ("everything",)),
        ("sending", ("everything",)),
        ("everything", ("everything",)),
    ],
)
def test_a_change_becomes_the_events_of_the_pages_it_concerns(subject: str, names: tuple[str, ...]) -> None:
    assert event_names(subject) == names


def test_a_number_is_marked_where_it_stands_and_not_inside_another() -> None:
    shown = segments("From 5 to 15", [Marked("5", Mark.WARN, ""), Marked("15", Mark.WARN, "")])

    assert [one.text for one in shown if one.mark] == ["5", "15"]
