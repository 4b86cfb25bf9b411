"""Never twice, never unapproved, whatever the network does."""

import pytest

from app.core.clock import utc_now
from app.core.database import transaction
from app.core.errors import Conflict, InvalidInput
from app.delivery import records
from app.delivery.models import DeliveryStatus
from app.delivery.switch import switch_sending
from app.drafting.models import DraftStatus
from app.review.drafts import edit
from app.staff.sign_in import find_person
from tests.delivery.conftest import Posting


def test_an_approved_reply_is_posted_once_however_often_the_job_runs(posting: Posting) -> None:
    revision_id = posting.approved("Grüße: 21:40 ✓")

    delivery = posting.post(revision_id, times=3)

    assert delivery is not None
    assert delivery.status is DeliveryStatus.SENT
    assert [post.text for post in posting.posts()] == ["Grüße: 21:40 ✓"]
    assert posting.draft_of(revision_id).status is DraftStatus.POSTED


@pytest.mark.parametrize("keys", [True, False])
@pytest.mark.parametrize("mode", ["timeout_after_accept", "reset_after_accept", "server_error"])
def test_a_call_that_arrived_without_an_answer_is_found_and_not_repeated(
    posting: Posting, mode: str, keys: bool
) -> None:
    posting.sandbox.settings(
        mode=mode, next_n=1, timeout_seconds=0.1, stored_on_error=True, idempotency_keys=keys
    )
    revision_id = posting.approved()

    first = posting.post(revision_id)
    assert first is not None
    assert first.status is DeliveryStatus.UNKNOWN
    second = posting.post(revision_id)

    assert second is not None
    assert second.status is DeliveryStatus.SENT
    assert len(posting.posts()) == 1


@pytest.mark.parametrize("mode", ["reset", "server_error"])
def test_a_call_that_was_lost_is_sent_again_under_the_networks_own_key(posting: Posting, mode: str) -> None:
    posting.sandbox.settings(mode=mode, next_n=1)
    revision_id = posting.approved()

    delivery = posting.post(revision_id, times=2)

    assert delivery is not None
    assert delivery.status is DeliveryStatus.SENT
    assert len(posting.posts()) == 1


def test_without_keys_a_lost_call_is_left_to_a_person_and_never_repeated(posting: Posting) -> None:
    posting.sandbox.settings(mode="reset", next_n=1, idempotency_keys=False)
    revision_id = posting.approved()

    delivery = posting.post(revision_id, times=2 + len(records.LOOKS))

    assert delivery is not None
    assert delivery.status is DeliveryStatus.UNKNOWN
    assert delivery.next_look_at is None
    assert delivery.detail == records.PERSON_DECIDES
    assert posting.posts() == []


def test_a_post_that_shows_up_late_is_waited_for(posting: Posting) -> None:
    posting.sandbox.settings(
        mode="timeout_after_accept",
        next_n=1,
        timeout_seconds=0.1,
        read_back_delay_seconds=600,
        idempotency_keys=False,
    )
    revision_id = posting.approved()
    delivery = posting.post(revision_id, times=3)
    assert delivery is not None
    assert delivery.status is DeliveryStatus.UNKNOWN

    posting.sandbox.settings(read_back_delay_seconds=0)
    delivery = posting.post(revision_id)

    assert delivery is not None
    assert delivery.status is DeliveryStatus.SENT
    assert len(posting.posts()) == 1


def test_a_busy_network_is_obeyed_and_asked_again_later(posting: Posting) -> None:
    posting.sandbox.settings(mode="rate_limited", next_n=1, retry_after_seconds=7)
    revision_id = posting.approved()

    delivery = posting.post(revision_id)

    assert delivery is not None
    assert delivery.status is DeliveryStatus.INTENDED
    assert delivery.next_look_at is not None
    assert 6 < (delivery.next_look_at - utc_now()).total_seconds() <= 7
    delivery = posting.post(revision_id)
    assert delivery is not None
    assert delivery.status is DeliveryStatus.SENT


def test_a_network_that_is_down_loses_nothing(posting: Posting) -> None:
    revision_id = posting.approved()
    posting.sandbox.stop()

    waits = []
    for _ in range(3):
        delivery = posting.post(revision_id)
        assert delivery is not None
        assert delivery.status is DeliveryStatus.INTENDED
        assert delivery.next_look_at is not None
        waits.append((delivery.next_look_at - utc_now()).total_seconds())
    assert 0 < waits[0] <= 4 < waits[1] <= 8 < waits[2] <= 16  # seconds; each after the time it took

    posting.sandbox.start()
    delivery = posting.post(revision_id)
    assert delivery is not None
    assert delivery.status is DeliveryStatus.SENT


def test_an_uncertain_reply_is_not_repeated_once_its_words_may_no_longer_leave(posting: Posting) -> None:
    """The key would make the repeat safe from doubles, but not from being unapproved."""
    posting.sandbox.settings(mode="reset", next_n=1)
    revision_id = posting.approved()
    posting.post(revision_id)
    with transaction() as session:
        find_person(session, "agent").is_active = False  # who signed has left

    delivery = posting.post(revision_id, times=1 + len(records.LOOKS))

    assert delivery is not None
    assert delivery.detail == records.PERSON_DECIDES
    assert posting.posts() == []


def test_a_network_that_cannot_be_read_is_shown_to_a_person_while_we_go_on_looking(posting: Posting) -> None:
    posting.sandbox.settings(mode="server_error", next_n=None)
    revision_id = posting.approved()

    delivery = posting.post(revision_id, times=len(records.LOOKS))

    assert delivery is not None
    assert delivery.next_look_at is not None
    draft = posting.draft_of(revision_id)
    assert draft.conversation is not None
    assert draft.conversation.owner_reason == records.PERSON_DECIDES


def test_a_rate_limit_after_an_uncertain_call_does_not_make_it_certain(posting: Posting) -> None:
    """A post that may have arrived stays unknown, even when the repeat is not accepted."""
    posting.sandbox.settings(
        mode="timeout_after_accept", next_n=1, timeout_seconds=0.1, read_back_delay_seconds=600
    )
    revision_id = posting.approved()
    posting.post(revision_id)
    posting.sandbox.settings(mode="rate_limited", next_n=1)

    delivery = posting.post(revision_id)

    assert delivery is not None
    assert delivery.status is DeliveryStatus.UNKNOWN
    assert len(posting.posts()) == 1


def test_a_reply_whose_arrival_is_uncertain_cannot_be_edited(posting: Posting) -> None:
    posting.sandbox.settings(mode="timeout_after_accept", next_n=1, timeout_seconds=0.1)
    revision_id = posting.approved()
    posting.post(revision_id)
    draft, agent = posting.draft_of(revision_id), posting.person("agent")

    with pytest.raises(Conflict, match="uncertain"), transaction() as session:
        edit(session, draft.id, text="Other", based_on=draft.latest.fingerprint, by=agent, at=utc_now())


def test_a_person_says_that_it_did_not_arrive_and_it_must_be_signed_again(posting: Posting) -> None:
    posting.sandbox.settings(mode="reset", next_n=1, idempotency_keys=False)
    revision_id = posting.approved()
    delivery = posting.post(revision_id, times=2 + len(records.LOOKS))
    assert delivery is not None
    agent = posting.person("agent")

    with transaction() as session:
        records.resolve(session, delivery.id, arrived=False, external_id=None, by=agent, at=utc_now())

    draft = posting.draft_of(revision_id)
    assert draft.status is DraftStatus.PROPOSED
    assert draft.latest.id != revision_id
    assert posting.post(draft.latest.id) is None
    assert posting.posts() == []


def test_nobody_says_that_it_did_not_arrive_before_it_was_looked_for(posting: Posting) -> None:
    posting.sandbox.settings(mode="reset", next_n=1, idempotency_keys=False)
    delivery, agent = posting.post(posting.approved()), posting.person("agent")
    assert delivery is not None

    with pytest.raises(Conflict, match="just looking"), transaction() as session:
        records.resolve(session, delivery.id, arrived=False, external_id=None, by=agent, at=utc_now())


def test_the_id_of_another_post_does_not_settle_a_delivery(posting: Posting) -> None:
    known = posting.post(posting.approved("Another reply"))
    posting.sandbox.settings(mode="timeout_after_accept", next_n=1, timeout_seconds=0.1)
    delivery, agent = posting.post(posting.approved()), posting.person("agent")
    assert known is not None
    assert delivery is not None

    with pytest.raises(InvalidInput, match="already known"), transaction() as session:
        records.resolve(
            session, delivery.id, arrived=True, external_id=known.external_id, by=agent, at=utc_now()
        )


def test_with_the_switch_off_nothing_leaves_not_even_what_was_queued(posting: Posting) -> None:
    revision_id, agent = posting.approved(), posting.person("agent")
    with transaction() as session:
        switch_sending(session, on=False, reason="Wrong fare in the FAQ", by=agent, at=utc_now())

    assert posting.post(revision_id) is None

    assert posting.posts() == []
    with transaction() as session:
        switch_sending(session, on=True, reason="Mended", by=agent, at=utc_now())
    delivery = posting.post(revision_id)
    assert delivery is not None
    assert delivery.status is DeliveryStatus.SENT


def test_an_edit_after_the_approval_stops_the_old_words(posting: Posting) -> None:
    revision_id, agent = posting.approved(), posting.person("agent")
    draft = posting.draft_of(revision_id)
    with transaction() as session:
        edit(session, draft.id, text="New words", based_on=draft.latest.fingerprint, by=agent, at=utc_now())

    assert posting.post(revision_id) is None

    assert posting.posts() == []
    assert posting.draft_of(revision_id).status is DraftStatus.PROPOSED
