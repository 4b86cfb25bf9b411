"""The number over a queue and the rows below it are asked in two ways, and always agree."""

import pytest

from app.core.clock import utc_now
from app.review.drafts import edit
from app.review.queries import queue_count, review_queue
from app.staff.models import Role
from tests.review.conftest import CLAIM, Desk


@pytest.mark.parametrize(("role", "waiting"), [(Role.AGENT, 2), (Role.LEGAL, 1)])
def test_the_number_and_the_rows_agree(desk: Desk, role: Role, waiting: int) -> None:
    desk.draft("When is the last boat?")  # for the agent
    desk.sign(desk.draft(CLAIM), "agent")  # for Legal
    desk.sign(desk.draft("Is there a lift at Brae?"), "agent")  # for nobody
    freed = desk.draft("When is the last train?", text="We pay compensation.")  # for both, until it is edited
    read = freed.latest.fingerprint
    edit(desk.session, freed.id, text="At 22:10.", based_on=read, by=desk.person("lead"), at=utc_now())
    desk.session.commit()

    rows = review_queue(desk.session, role=role)

    assert queue_count(desk.session, role=role) == len(rows) == waiting
