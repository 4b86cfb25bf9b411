from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from app.conversations.models import Network, Purpose, Visibility
from app.core.database import get_engine
from app.drafting.models import DraftStatus
from app.review.queries import QueueRow
from app.web.queue_view import flag_of
from tests.browser import scene
from tests.web.visitors import Visitors


@contextmanager
def statements() -> Iterator[list[str]]:
    """SQL statements sent meanwhile."""
    seen: list[str] = []

    def note(*called: object) -> None:
        seen.append(str(called[2]))

    event.listen(get_engine(), "before_cursor_execute", note)
    yield seen
    event.remove(get_engine(), "before_cursor_execute", note)


def test_a_long_queue_comes_in_pages_of_fifty(visitors: Visitors) -> None:
    for number in range(53):
        scene.tell(f"Question {number:02}", author=f"@c{number}", minutes_ago=100 - number)
    agent = visitors.person("agent")

    first, second = agent.get("/queue").text, agent.get("/queue?page=2").text

    assert (first.count('<li id="message-'), second.count('<li id="message-')) == (50, 3)
    assert "53 wait, first due first" in first
    assert "Page 1 of 2" in first
    assert first.index("Question 00") < first.index("Question 49")
    assert 'start="51"' in second
    assert "Nothing on this page" in agent.get("/queue?page=3").text
    assert "Nothing waits for Legal." in agent.get("/queue?role=legal").text


def test_queue_and_conversation_cost_the_same_number_of_queries_however_long(visitors: Visitors) -> None:
    agent = visitors.person("agent")
    counts = {}
    told = scene.tell("Question", "Answer.", external_id="root")
    for rows in (1, 3, 20):
        for number in range(rows):
            scene.tell(f"More {rows} {number}", "Answer.", in_reply_to="root")
        with statements() as seen:
            assert agent.get("/queue").status_code == 200
        with statements() as seen_there:
            assert agent.get(f"/conversations/{told.conversation_id}").status_code == 200
        counts[rows] = (len(seen), len(seen_there))

    assert counts[1] == counts[3] == counts[20]


ORDINARY = QueueRow(
    message_id=1,
    conversation_id=1,
    network=Network.X,
    visibility=Visibility.PUBLIC,
    author="@a",
    text="?",
    due_at=datetime(2026, 11, 23, tzinfo=UTC) + timedelta(minutes=5),
    draft_id=1,
    draft_purpose=Purpose.ANSWER,
    draft_status=DraftStatus.PROPOSED,
    waits_for=(),
    reason=None,
)


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({}, None),
        ({"draft_id": None, "draft_status": None, "reason": "None fits"}, ("no draft", "None fits")),
        ({"draft_status": DraftStatus.APPROVED, "reason": "Look"}, ("posted or not?", "Look")),
        ({"reason": "The customer wrote again"}, ("came back", "The customer wrote again")),
        (
            {"draft_purpose": Purpose.ACKNOWLEDGEMENT},
            ("first reply", "It is not the answer: the message stays open"),
        ),
    ],
)
def test_what_is_out_of_the_ordinary_is_flagged(
    changes: dict[str, object], flag: tuple[str, str] | None
) -> None:
    found = flag_of(QueueRow(**(vars(ORDINARY) | changes)))

    assert (found and (found.words, found.why)) == flag
