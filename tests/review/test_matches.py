"""What an agent says about a match becomes the draft, and what the next message is matched by."""

import pytest
from sqlalchemy import update

from app.conversations.models import Conversation, Message, OutcomeKind
from app.conversations.outcomes import record_outcome
from app.core.clock import utc_now
from app.core.errors import Conflict, InvalidInput, NotAllowed
from app.drafting.models import Draft, DraftStatus, Strategy
from app.knowledge.models import EntryVersion, Variant
from app.knowledge.queries import current_version
from app.retrieval.judgements import standing_judgements
from app.retrieval.models import Verdict
from app.review import matches
from app.review.answers import answer_without_draft
from app.review.drafts import DraftChanged, edit
from app.review.proposing import answer_with_draft
from app.review.queries import conversation_file
from app.staff.models import Role
from app.triage.candidates import candidates_of
from tests.matched import ALIKE, BOAT, TRAIN, WOBBLER, leave_without_draft, make_matched_draft
from tests.review.conftest import Desk


def matched(desk: Desk) -> Draft:
    """A draft that stands on the wrong entry."""
    message = desk.session.get_one(Message, desk.receive(WOBBLER).message_id)
    draft = make_matched_draft(desk.session, message)
    desk.session.commit()
    return draft


def swap(desk: Desk, draft: Draft, entry_id: str = BOAT, *, by: str = "agent") -> Draft:
    assert draft.message_id is not None
    matches.swap(
        desk.session,
        draft.message_id,
        entry_id=entry_id,
        based_on=draft.latest.fingerprint,
        by=desk.person(by),
        at=utc_now(),
    )
    desk.session.commit()
    return desk.reload(draft)


def unmatched(desk: Desk) -> Message:
    message = desk.session.get_one(Message, desk.receive(WOBBLER).message_id)
    leave_without_draft(desk.session, message)
    desk.session.commit()
    return message


def live_draft(desk: Desk, message: Message) -> Draft | None:
    file = conversation_file(desk.session, message.conversation_id)
    return next((draft for draft in file.drafts if draft.status is DraftStatus.PROPOSED), None)


def learned(desk: Desk) -> list[tuple[str, str | None, str | None]]:
    return [(one.text, one.entry_id, one.machine_entry_id) for one in standing_judgements(desk.session)]


def test_the_chosen_answer_becomes_the_draft_and_the_correction_is_learned(desk: Desk) -> None:
    draft = swap(desk, matched(desk))

    version = current_version(desk.session, BOAT)
    assert version is not None
    assert draft.latest.text == f"Thank you for asking. {version.public_short}"
    assert [one.version_id for one in draft.latest.passages] == [version.version_id]
    assert (draft.latest.passages[0].score, draft.latest.passages[0].phrasing) == (0.38, version.question)
    assert (draft.status, draft.strategy) == (DraftStatus.PROPOSED, Strategy.COMPOSE)
    assert [check.detail for check in draft.latest.checks if not check.passed] == []
    assert learned(desk) == [(WOBBLER, BOAT, TRAIN)]


def test_a_swap_voids_the_signature_also_of_an_approved_draft(desk: Desk) -> None:
    signed = desk.sign(matched(desk), "agent")
    assert signed.status is DraftStatus.APPROVED

    draft = swap(desk, desk.reload(signed))

    assert draft.status is DraftStatus.PROPOSED
    file = conversation_file(desk.session, draft.conversation_id or 0)
    assert [one.void_reason for one in file.sign_offs[draft.id]] == [
        f"{desk.person('agent').name} chose another approved answer"
    ]


def test_what_a_person_had_written_stays_in_the_history(desk: Desk) -> None:
    draft = matched(desk)
    edit(
        desk.session,
        draft.id,
        text="My careful words.",
        based_on=draft.latest.fingerprint,
        by=desk.person("agent"),
        at=utc_now(),
    )
    desk.session.commit()

    draft = swap(desk, desk.reload(draft))

    assert [revision.text for revision in draft.revisions][1] == "My careful words."
    assert draft.latest.text.startswith("Thank you for asking. Dogs travel on boats")


def test_an_entry_that_was_no_candidate_can_be_chosen(desk: Desk) -> None:
    draft = swap(desk, matched(desk), "delays/compensation")

    assert [(one.score, one.phrasing) for one in draft.latest.passages] == [(0.0, "")]
    assert {one.role for one in draft.latest.required} == {Role.AGENT, Role.LEGAL}  # as its words ask for


def test_confirming_keeps_words_and_signatures(desk: Desk) -> None:
    draft = matched(desk)
    read = draft.latest.fingerprint

    judged = matches.confirm(
        desk.session, draft.message_id or 0, based_on=read, by=desk.person("agent"), at=utc_now()
    )
    desk.session.commit()

    assert judged.verdict is Verdict.CONFIRMED
    assert desk.reload(draft).latest.fingerprint == read
    assert learned(desk) == [(WOBBLER, TRAIN, TRAIN)]


def test_choosing_what_the_draft_already_stands_on_confirms_it(desk: Desk) -> None:
    draft = swap(desk, matched(desk), TRAIN)

    assert len(draft.revisions) == 1
    assert standing_judgements(desk.session)[0].entry_id == TRAIN


def test_none_of_these_refuses_the_draft_and_leaves_the_message_to_a_person(desk: Desk) -> None:
    draft = matched(desk)

    judged = matches.none_fits(
        desk.session,
        draft.message_id or 0,
        based_on=draft.latest.fingerprint,
        by=desk.person("agent"),
        at=utc_now(),
    )
    desk.session.commit()

    assert judged.verdict is Verdict.NONE_FITS
    assert (desk.reload(draft).status, draft.reason) == (DraftStatus.REJECTED, matches.NONE_FITS)
    conversation = desk.session.get_one(Conversation, draft.conversation_id)
    assert conversation.owner_role is Role.AGENT
    assert learned(desk) == [(WOBBLER, None, TRAIN)]


def test_a_message_nothing_fitted_gets_a_draft_from_the_entry_an_agent_picks(desk: Desk) -> None:
    message = unmatched(desk)

    matches.swap(
        desk.session, message.id, entry_id=BOAT, based_on=None, by=desk.person("agent"), at=utc_now()
    )
    desk.session.commit()

    draft = live_draft(desk, message)
    assert draft is not None
    assert draft.latest.text.startswith("Dogs travel on boats for £2.50")
    assert draft.latest.author_id is None
    judged = conversation_file(desk.session, message.conversation_id).judgements[message.id]
    assert (judged.verdict, judged.machine_entry_id, judged.machine_answered) == (
        Verdict.CORRECTED,
        TRAIN,
        False,
    )


def test_the_first_candidate_of_a_message_nothing_fitted_is_a_correction_too(desk: Desk) -> None:
    message = unmatched(desk)

    judged = matches.swap(
        desk.session, message.id, entry_id=TRAIN, based_on=None, by=desk.person("agent"), at=utc_now()
    )

    assert judged.verdict is Verdict.CORRECTED


def test_after_none_of_these_another_entry_can_still_be_picked(desk: Desk) -> None:
    draft = matched(desk)
    message = desk.session.get_one(Message, draft.message_id)
    agent, read = desk.person("agent"), draft.latest.fingerprint
    matches.none_fits(desk.session, message.id, based_on=read, by=agent, at=utc_now())
    desk.session.commit()

    matches.swap(desk.session, message.id, entry_id=BOAT, based_on=None, by=agent, at=utc_now())
    desk.session.commit()

    made = live_draft(desk, message)
    assert made is not None
    assert made.latest.text.startswith("Thank you for asking. Dogs travel on boats")  # the first frame
    assert learned(desk) == [(WOBBLER, BOAT, TRAIN)]


def test_none_of_these_on_a_message_without_a_draft_teaches_and_gives_it_to_the_team(desk: Desk) -> None:
    message = desk.session.get_one(Message, desk.receive(WOBBLER).message_id)

    matches.none_fits(desk.session, message.id, based_on=None, by=desk.person("agent"), at=utc_now())
    desk.session.commit()
    answer_with_draft(message.id)  # its job comes late and finds it judged

    assert live_draft(desk, message) is None
    assert desk.session.get_one(Conversation, message.conversation_id).owner_reason == (
        f"{desk.person('agent').name}: none of the approved answers fits"
    )


def test_what_fits_nowhere_on_this_channel_goes_to_a_person_and_is_learned(desk: Desk) -> None:
    _say_instead(desk, BOAT, "Dogs travel. " * 40)

    rejected = swap(desk, matched(desk))

    assert rejected.status is DraftStatus.REJECTED
    assert rejected.reason == f"No approved wording of {BOAT} fits into 280 on x."
    assert learned(desk) == [(WOBBLER, BOAT, TRAIN)]


def test_an_answered_message_only_teaches(desk: Desk) -> None:
    message = unmatched(desk)
    record_outcome(desk.session, message, OutcomeKind.IGNORED, reason="Late", by_id=None, at=utc_now())
    desk.session.commit()

    matches.swap(
        desk.session, message.id, entry_id=BOAT, based_on=None, by=desk.person("agent"), at=utc_now()
    )
    matches.none_fits(desk.session, message.id, based_on=None, by=desk.person("agent"), at=utc_now())
    desk.session.commit()

    assert conversation_file(desk.session, message.conversation_id).drafts == []
    assert learned(desk) == [(WOBBLER, None, TRAIN)]


@pytest.mark.parametrize("read", ["older", None])
def test_what_was_not_read_is_not_judged(desk: Desk, read: str | None) -> None:
    draft = matched(desk)
    agent, message_id = desk.person("agent"), draft.message_id or 0

    with pytest.raises(DraftChanged):
        matches.confirm(desk.session, message_id, based_on=read, by=agent, at=utc_now())
    with pytest.raises(DraftChanged):
        matches.swap(desk.session, message_id, entry_id=BOAT, based_on=read, by=agent, at=utc_now())
    with pytest.raises(DraftChanged):
        matches.none_fits(desk.session, message_id, based_on=read, by=agent, at=utc_now())

    assert learned(desk) == []


def test_a_draft_that_ended_meanwhile_is_not_judged_as_if_it_were_there(desk: Desk) -> None:
    message = unmatched(desk)

    with pytest.raises(Conflict, match="no longer waiting"):
        matches.none_fits(
            desk.session, message.id, based_on="read before", by=desk.person("agent"), at=utc_now()
        )


def test_words_of_a_person_alone_confirm_nothing(desk: Desk) -> None:
    message = unmatched(desk)
    agent = desk.person("agent")
    draft = answer_without_draft(desk.session, message.id, text="Yes.", by=agent, at=utc_now())

    with pytest.raises(Conflict, match="No approved answer stands behind this reply"):
        matches.confirm(desk.session, message.id, based_on=draft.latest.fingerprint, by=agent, at=utc_now())


def test_an_entry_that_is_not_there_changes_nothing(desk: Desk) -> None:
    draft = matched(desk)

    with pytest.raises(InvalidInput, match="There is no entry no/such"):
        swap(desk, draft, "no/such")
    desk.session.rollback()

    assert (len(desk.reload(draft).revisions), learned(desk)) == (1, [])


def test_who_keeps_the_faq_confirms_but_changes_no_draft(desk: Desk) -> None:
    draft = matched(desk)
    keeper = desk.person("gatekeeper")
    with pytest.raises(NotAllowed, match="may not edit drafts"):
        swap(desk, draft, by="gatekeeper")
    desk.session.rollback()

    matches.confirm(
        desk.session, draft.message_id or 0, based_on=draft.latest.fingerprint, by=keeper, at=utc_now()
    )

    assert learned(desk) == [(WOBBLER, TRAIN, TRAIN)]


def test_signing_alone_teaches_nothing(desk: Desk) -> None:
    desk.sign(matched(desk), "agent")

    assert learned(desk) == []


def test_the_next_message_alike_gets_a_draft_from_the_chosen_entry(desk: Desk) -> None:
    swap(desk, matched(desk))

    alike = desk.session.get_one(Message, desk.receive(ALIKE, author="@another").message_id)
    answer_with_draft(alike.id)
    desk.session.expire_all()

    draft = live_draft(desk, alike)
    assert draft is not None
    assert (draft.latest.passages[0].version.entry_id, draft.latest.passages[0].phrasing) == (BOAT, WOBBLER)


def test_what_was_found_is_kept_for_the_page_also_where_nothing_fits(desk: Desk) -> None:
    for text, fits in (("Can I take my dog on the boat?", True), ("qwertz uiop asdf ghjk", False)):
        received = desk.receive(text, author=f"@{fits}")
        answer_with_draft(received.message_id)
        desk.session.expire_all()

        file = conversation_file(desk.session, received.conversation_id)
        kept = candidates_of(file.triaged[received.message_id])
        assert (kept.has_answer, len(kept.found), kept.found[0].probability is not None) == (fits, 5, True)
        if fits:
            assert kept.found[0].entry_id == BOAT


def _say_instead(desk: Desk, entry_id: str, text: str) -> None:
    """Every wording of an entry becomes this one."""
    version = current_version(desk.session, entry_id)
    assert version is not None
    said = version.version_id
    desk.session.execute(update(EntryVersion).where(EntryVersion.id == said).values(answer=text))
    desk.session.execute(update(Variant).where(Variant.version_id == said).values(text=text))
    desk.session.commit()
