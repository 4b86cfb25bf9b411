"""Why a draft moves the customer to another channel: recorded, signed, and changed only by an edit."""

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.checks.switch_ground import SwitchGround
from app.conversations.models import Account
from app.core.clock import utc_now
from app.core.errors import InvalidInput
from app.drafting.models import Draft
from app.review.answers import answer_without_draft
from app.review.drafts import Keep, edit
from app.review.permission import objection
from app.review.recent_replies import recent_public_replies
from tests.factories import make_message, make_posted_reply
from tests.review.conftest import Desk

MOVE = "Please send us a private message; we're sorry for the extra step."
DATA = SwitchGround.PERSONAL_DATA


def move(desk: Desk, ground: SwitchGround | None) -> Draft:
    received = desk.receive("Where is my booking?")
    draft = answer_without_draft(
        desk.session,
        received.message_id,
        text=MOVE,
        switch_ground=ground,
        by=desk.person("lead"),
        at=utc_now(),
    )
    desk.session.commit()
    return draft


def blocking(draft: Draft) -> list[str]:
    return [check.name for check in draft.latest.checks if check.blocks and not check.passed]


def test_without_a_ground_nobody_can_sign_a_move(desk: Desk) -> None:
    draft = move(desk, None)

    assert blocking(draft) == ["channel_move"]
    with pytest.raises(InvalidInput, match="record the ground"):
        desk.sign(draft, "agent")


def test_a_ground_is_part_of_what_is_signed(desk: Desk) -> None:
    draft = desk.sign(move(desk, DATA), "agent")
    approved = desk.reload(draft)

    assert approved.latest.content["switch_ground"] == "personal_data"
    assert objection(desk.session, approved) is None
    approved.switch_ground = None
    assert objection(desk.session, approved) is not None


def test_without_one_the_fingerprint_is_what_it_was_before_grounds_were_recorded(desk: Desk) -> None:
    assert "switch_ground" not in desk.draft().latest.content


@pytest.mark.parametrize(
    ("change", "ground", "revisions", "stops"),
    [
        (DATA, DATA, 2, []),
        (None, None, 1, ["channel_move"]),
        (Keep.GROUND, None, 1, ["channel_move"]),
    ],
)
def test_recording_a_ground_is_an_edit_even_of_the_same_words(
    desk: Desk,
    change: SwitchGround | Keep | None,
    ground: SwitchGround | None,
    revisions: int,
    stops: list[str],
) -> None:
    draft = move(desk, None)

    edit(
        desk.session,
        draft.id,
        text=MOVE,
        based_on=draft.latest.fingerprint,
        switch_ground=change,
        by=desk.person("agent"),
        at=utc_now(),
    )
    desk.session.commit()

    changed = desk.reload(draft)
    assert (changed.switch_ground, len(changed.revisions), blocking(changed)) == (ground, revisions, stops)


def test_other_words_keep_the_ground(desk: Desk) -> None:
    draft = move(desk, DATA)

    edit(
        desk.session,
        draft.id,
        text=f"{MOVE} Thank you.",
        based_on=draft.latest.fingerprint,
        by=desk.person("agent"),
        at=utc_now(),
    )

    assert draft.switch_ground is DATA


@pytest.mark.parametrize("replies", [1, 3])
def test_recent_replies_are_read_in_one_statement(desk: Desk, replies: int) -> None:
    session: Session = desk.session
    message = make_message(session)
    for number in range(replies):
        make_posted_reply(session, message, f"Reply {number}.")
    session.commit()
    account = session.get_one(Account, message.account_id)
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *call: statements.append(call[2]))

    found = recent_public_replies(session, account, at=utc_now())

    assert found == tuple(f"Reply {number}." for number in reversed(range(replies)))
    assert sum("FROM messages" in statement for statement in statements) == 1


def test_what_was_said_in_public_lately_is_shown_to_whoever_signs(desk: Desk) -> None:
    earlier = make_message(desk.session)
    make_posted_reply(desk.session, earlier, "Thank you for asking. At 21:40.")
    desk.session.commit()

    draft = desk.draft(text="Thank you for asking. Boats leave from pier 2.")

    repeated = next(check for check in draft.latest.checks if check.name == "repetition")
    assert (repeated.passed, repeated.words) == (False, ["Thank you for asking."])
