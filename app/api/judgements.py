"""What programs say about matches, and take back. The same rules as on the pages."""

from fastapi import APIRouter

from app.api.answers import JudgementAnswer
from app.api.bodies import Empty, Id, NewJudgement
from app.api.problem_answers import WRITING, refusals
from app.api.telling import tell_draft
from app.core.clock import utc_now
from app.core.errors import InvalidInput
from app.http.dependencies import BearerPerson
from app.http.sessions import SessionDep
from app.retrieval.judging import withdraw_judgement
from app.retrieval.models import MatchJudgement, Verdict
from app.review import matches
from app.review.drafts import live_draft_id

router = APIRouter(tags=["matches"], responses=refusals(WRITING))


@router.post("/messages/{message_id}/judgements", status_code=201)
def create_judgement(
    message_id: Id, body: NewJudgement, session: SessionDep, person: BearerPerson
) -> JudgementAnswer:
    """Say which answer a message is about. A corrected match changes the draft; none refuses it."""
    at = utc_now()
    if body.verdict is Verdict.CORRECTED:
        if body.entry_id is None:
            raise InvalidInput("A correction names the entry that answers the message, in entry_id.")
        judgement = matches.swap(
            session, message_id, entry_id=body.entry_id, based_on=body.based_on, by=person, at=at
        )
    elif body.entry_id is not None:
        raise InvalidInput("Only a correction names an entry_id.")
    elif body.verdict is Verdict.CONFIRMED:
        judgement = matches.confirm(session, message_id, based_on=body.based_on, by=person, at=at)
    else:
        judgement = matches.none_fits(session, message_id, based_on=body.based_on, by=person, at=at)
    told = _tell(judgement)
    draft_id = live_draft_id(session, message_id)
    return told.model_copy(update={"draft": tell_draft(session, draft_id)}) if draft_id else told


@router.post("/judgements/{judgement_id}/withdrawal", status_code=201)
def create_withdrawal(
    judgement_id: Id, session: SessionDep, person: BearerPerson, body: Empty | None = None
) -> JudgementAnswer:
    """Take a judgement back: messages are matched as if it had not been given. The draft stays as it is."""
    return _tell(withdraw_judgement(session, judgement_id, by=person, at=utc_now()))


def _tell(judgement: MatchJudgement) -> JudgementAnswer:
    return JudgementAnswer(
        id=judgement.id,
        message_id=judgement.message_id,
        verdict=judgement.verdict,
        entry_id=judgement.entry_id,
        machine_entry_id=judgement.machine_entry_id,
        machine_score=judgement.machine_score,
        judged_at=judgement.judged_at,
        withdrawn_at=judgement.withdrawn_at,
        draft=None,
    )
