"""A signature is bound to exactly what was read, by somebody who may give it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.clock import utc_now
from app.core.errors import Conflict, InvalidInput, NotAllowed
from app.core.jobs import client
from app.drafting.models import DraftStatus
from app.review.drafts import DraftChanged, edit, ignore_message, reject
from app.review.models import SignOff
from app.review.permission import objection
from app.staff.models import Role, RoleGrant
from tests.review.conftest import CLAIM, Desk


def queued_posts() -> int:
    return len(client().list_workflows(name="post_reply"))


def test_the_agents_signature_alone_approves_a_harmless_reply_and_queues_it_once(desk: Desk) -> None:
    draft = desk.draft()

    desk.sign(draft, "agent")

    assert desk.reload(draft).status is DraftStatus.APPROVED
    assert queued_posts() == 1


def test_a_claim_for_compensation_needs_legal_too(desk: Desk) -> None:
    draft = desk.draft(CLAIM)
    assert [required.role for required in draft.latest.required] == [Role.AGENT, Role.LEGAL]
    assert "compensation" in draft.latest.required[1].reason.lower()

    desk.sign(draft, "agent")
    assert desk.reload(draft).status is DraftStatus.PROPOSED
    assert queued_posts() == 0
    desk.sign(draft, "legal")

    assert desk.reload(draft).status is DraftStatus.APPROVED
    assert queued_posts() == 1


def test_words_in_the_draft_alone_bring_legal_in(desk: Desk) -> None:
    draft = desk.draft(text="We will pay you compensation.")

    assert [required.role for required in draft.latest.required] == [Role.AGENT, Role.LEGAL]


def test_an_edit_voids_what_was_signed_and_the_old_fingerprint_is_refused(desk: Desk) -> None:
    draft = desk.draft(CLAIM)
    read = draft.latest.fingerprint
    desk.sign(draft, "agent")
    edit(desk.session, draft.id, text="At 21:45.", based_on=read, by=desk.person("lead"), at=utc_now())
    desk.session.commit()

    with pytest.raises(DraftChanged) as refused:
        desk.sign(draft, "legal", fingerprint=read)

    assert refused.value.extra["current"]["text"] == "At 21:45."
    (voided,) = desk.session.scalars(select(SignOff)).all()
    assert voided.void_reason == "Priya MacAskill changed the text"
    assert queued_posts() == 0


def test_an_edit_based_on_old_words_keeps_both_texts(desk: Desk) -> None:
    draft = desk.draft()
    read, agent = draft.latest.fingerprint, desk.person("agent")
    edit(desk.session, draft.id, text="First.", based_on=read, by=agent, at=utc_now())
    desk.session.commit()

    with pytest.raises(DraftChanged) as refused:
        edit(desk.session, draft.id, text="Second.", based_on=read, by=agent, at=utc_now())

    assert refused.value.extra["yours"] == "Second."
    assert refused.value.extra["current"]["text"] == "First."


def test_whoever_wrote_the_words_does_not_give_the_second_signature(desk: Desk) -> None:
    draft = desk.draft(CLAIM)
    legal = desk.person("legal")
    edit(desk.session, draft.id, text="New.", based_on=draft.latest.fingerprint, by=legal, at=utc_now())
    desk.session.commit()
    draft = desk.reload(draft)

    with pytest.raises(NotAllowed, match="somebody else"):
        desk.sign(draft, "legal")


def test_one_person_with_two_roles_does_not_sign_twice(desk: Desk) -> None:
    agent = desk.person("agent")
    agent.grants.append(RoleGrant(role=Role.LEGAL))
    desk.session.commit()
    draft = desk.draft(CLAIM)
    desk.sign(draft, "agent")

    with pytest.raises(NotAllowed, match="second person"):
        desk.sign(draft, "agent", role=Role.LEGAL)


@pytest.mark.parametrize(("handle", "role"), [("agent", Role.LEGAL), ("gatekeeper", Role.AGENT)])
def test_nobody_signs_in_a_role_they_do_not_have(desk: Desk, handle: str, role: Role) -> None:
    draft = desk.draft(CLAIM)

    with pytest.raises(NotAllowed):
        desk.sign(draft, handle, role=role)


def test_signing_twice_in_one_role_changes_nothing(desk: Desk) -> None:
    draft = desk.draft(CLAIM)
    desk.sign(draft, "agent")
    desk.sign(draft, "agent")

    assert len(desk.session.scalars(select(SignOff)).all()) == 1


def test_a_reply_that_is_too_long_for_its_channel_cannot_be_signed(desk: Desk) -> None:
    draft = desk.draft(text="word " * 100)

    with pytest.raises(InvalidInput, match="280"):
        desk.sign(draft, "agent")


def test_a_rejected_draft_cannot_be_signed_or_edited(desk: Desk) -> None:
    draft = desk.draft()
    reject(desk.session, draft.id, reason="Wrong", by=desk.person("agent"), at=utc_now())
    desk.session.commit()

    with pytest.raises(Conflict):
        desk.sign(draft, "agent")
    assert queued_posts() == 0


def test_a_rejection_needs_a_reason(desk: Desk) -> None:
    draft = desk.draft()

    with pytest.raises(InvalidInput, match="reason"):
        reject(desk.session, draft.id, reason="  ", by=desk.person("agent"), at=utc_now())


def test_ignoring_a_message_supersedes_its_draft_and_closes_it(desk: Desk) -> None:
    draft = desk.draft()
    assert draft.message_id is not None
    ignore_message(desk.session, draft.message_id, reason="Spam", by=desk.person("agent"), at=utc_now())
    desk.session.commit()

    assert desk.reload(draft).status is DraftStatus.SUPERSEDED
    with pytest.raises(Conflict):
        desk.sign(draft, "agent")


def test_what_was_signed_before_the_customer_wrote_again_does_not_count(desk: Desk) -> None:
    draft = desk.draft(CLAIM, private=True)
    desk.sign(draft, "agent", at=utc_now() - timedelta(seconds=5))
    desk.receive("Never mind, it was another company!", private=True)

    desk.sign(draft, "legal")

    assert desk.reload(draft).status is DraftStatus.PROPOSED
    desk.sign(draft, "agent")
    assert desk.reload(draft).status is DraftStatus.APPROVED


def test_an_approval_does_not_outlive_the_role_of_its_signer(desk: Desk) -> None:
    draft = desk.draft()
    desk.sign(draft, "agent")
    assert objection(desk.session, desk.reload(draft)) is None

    agent = desk.person("agent")
    agent.is_active = False
    desk.session.commit()

    assert (
        objection(desk.session, desk.reload(draft)) == "The signature of agent is missing or no longer valid"
    )


def test_an_approval_does_not_outlive_the_customers_words(desk: Desk) -> None:
    draft = desk.draft()
    desk.sign(draft, "agent")
    draft = desk.reload(draft)
    assert draft.message is not None
    draft.message.content_hash = "0" * 64  # the network said that the customer edited it

    assert objection(desk.session, draft) == (
        "Since it was signed, the customer's message, the account or a rule has changed"
    )
