"""People decide at the same moment: locks make one of them first, and nothing is lost or sent unsigned."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select

from app.core.clock import utc_now
from app.core.database import transaction
from app.core.errors import ServiceError
from app.core.jobs import client
from app.drafting.models import Draft, DraftStatus, Revision
from app.review.answers import answer_without_draft
from app.review.drafts import edit
from app.review.sign_offs import sign_off
from app.staff.models import Role
from app.staff.sign_in import find_person
from tests.review.conftest import CLAIM, Desk

ROUNDS = 15


def at_once(*steps: Callable[[], object]) -> list[object]:
    """Run the steps at the same moment, each in a thread; results, or the error that refused one."""
    barrier = Barrier(len(steps))

    def run(step: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return step()
        except ServiceError as refused:
            return refused

    with ThreadPoolExecutor(len(steps)) as threads:
        return list(threads.map(run, steps))


def signing(draft: Draft, handle: str) -> Callable[[], object]:
    fingerprint = draft.latest.fingerprint

    def sign() -> object:
        with transaction() as session:
            by = find_person(session, handle)
            role = Role(handle)
            return sign_off(session, draft.id, by=by, role=role, fingerprint=fingerprint, at=utc_now())

    return sign


def editing(draft: Draft, text: str) -> Callable[[], object]:
    fingerprint = draft.latest.fingerprint

    def change() -> object:
        with transaction() as session:
            by = find_person(session, "lead")
            return edit(session, draft.id, text=text, based_on=fingerprint, by=by, at=utc_now())

    return change


def test_two_last_signers_approve_together_and_post_once(desk: Desk) -> None:
    for _ in range(ROUNDS):
        draft = desk.draft(CLAIM)
        at_once(signing(draft, "agent"), signing(draft, "legal"))
        assert desk.reload(draft).status is DraftStatus.APPROVED

    assert len(client().list_workflows(name="post_reply")) == ROUNDS


def test_an_edit_and_a_signature_at_once_never_approve_words_that_were_not_read(desk: Desk) -> None:
    for _ in range(ROUNDS):
        draft = desk.draft()
        read = draft.latest.id
        edited, _signed = at_once(editing(draft, "At 21:45."), signing(draft, "agent"))
        now = desk.reload(draft)

        assert isinstance(edited, Revision)
        assert now.latest.id != read
        assert now.status is DraftStatus.PROPOSED


def test_of_two_edits_at_once_one_wins_and_the_other_is_told(desk: Desk) -> None:
    for _ in range(ROUNDS):
        draft = desk.draft()
        results = at_once(editing(draft, "First."), editing(draft, "Second."))

        assert sorted(type(result).__name__ for result in results) == ["DraftChanged", "Revision"]


def test_two_answers_to_one_message_at_once_make_one_draft(desk: Desk) -> None:
    for _ in range(ROUNDS):
        message_id = desk.receive("Hello?").message_id

        def answer(message_id: int = message_id) -> object:
            with transaction() as session:
                by = find_person(session, "agent")
                return answer_without_draft(session, message_id, text="Hi.", by=by, at=utc_now())

        results = at_once(answer, answer)

        assert sorted(type(result).__name__ for result in results) == ["Conflict", "Draft"]
        found = desk.session.scalars(select(Draft.id).where(Draft.message_id == message_id)).all()
        desk.session.commit()
        assert len(found) == 1
