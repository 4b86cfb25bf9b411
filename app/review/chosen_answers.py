"""A reply from the approved answer that a person chose, without model and encoder: pages wait for it."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversations.lengths import labelled, measure_for
from app.conversations.models import NO_ANSWERS, Account, Message, Visibility
from app.drafting.models import Draft, Revision
from app.drafting.reframe import reframe
from app.drafting.tasks import DraftingTask, Evidence, Proposal
from app.knowledge.queries import PublishedVersion
from app.review.accounts import voice_of
from app.review.revisions import findings_for


def answer_of(session: Session, message: Message, account: Account, version: PublishedVersion) -> Proposal:
    """In the frame that the machine's first draft for the message had. May raise `NoDraftPossible`."""
    made_first = select(Revision.text).join(Draft).where(Draft.message_id == message.id)
    made_first = made_first.where(Draft.purpose.not_in(NO_ANSWERS))
    made_first = made_first.where(Revision.author_id.is_(None)).order_by(Revision.id).limit(1)

    def acceptable(text: str) -> list[str]:
        found = findings_for(
            account,
            message.visibility,
            said=message.text,
            text=labelled(account, text),
            sources=words_of(version),
        )
        return [finding.name for finding in found if finding.blocks and not finding.passed]

    proposal = reframe(
        _task(message, account, version),
        voice=voice_of(account),
        made_first=(session.scalar(made_first) or "").removesuffix(account.ai_label or "").rstrip(),
        measure=lambda text: measure_for(account, message.visibility, labelled(account, text)).length,
        acceptable=acceptable,
    )
    return replace(proposal, text=labelled(account, proposal.text))


def _task(message: Message, account: Account, version: PublishedVersion) -> DraftingTask:
    evidence = Evidence(
        entry_id=version.entry_id,
        version=version.number,
        question=version.question,
        answer=version.answer,
        public_short=version.public_short,
        private_long=version.private_long,
        score=1.0,  # a person chose it
    )
    return DraftingTask(
        message_id=message.id,
        customer_text=message.text,
        network=account.network,
        public=message.visibility is Visibility.PUBLIC,
        limit=measure_for(account, message.visibility, "").limit,
        evidence=(evidence,),
        thread=(),
    )


def words_of(version: PublishedVersion) -> list[str]:
    variants = (version.public_short, version.private_long)
    return [version.question, version.answer, *(text for text in variants if text)]
