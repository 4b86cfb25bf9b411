"""From what the database holds to what programs read."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.api.answers import (
    CheckAnswer,
    ConversationAnswer,
    DeliveryAnswer,
    DraftAnswer,
    MessageAnswer,
    OutcomeAnswer,
    OwnerAnswer,
    PassageAnswer,
    RequiredSignOffAnswer,
    RevisionAnswer,
)
from app.conversations.models import Message
from app.core.errors import NotFound
from app.delivery.models import Delivery
from app.drafting.models import Draft, Revision
from app.review.queries import ConversationFile, conversation_file, standing_for


def tell_conversation(session: Session, conversation_id: int) -> ConversationAnswer:
    """Everything about one conversation. Raises `NotFound`."""
    file = conversation_file(session, conversation_id)
    deliveries = _newest_deliveries(session, file.drafts)
    return ConversationAnswer(
        id=file.conversation.id,
        channel=file.conversation.account.network,
        account=file.conversation.account.name,
        messages=[_message(file, message) for message in file.conversation.messages],
        drafts=[_draft(file, draft, deliveries.get(draft.id)) for draft in file.drafts],
        owner=_owner(file),
    )


def tell_draft(session: Session, draft_id: int) -> DraftAnswer:
    """One draft as it stands after this transaction's changes. Raises `NotFound`."""
    session.flush()
    session.expire_all()  # a new revision's evidence is not loaded yet
    conversation_id = session.scalar(select(Draft.conversation_id).where(Draft.id == draft_id))
    if conversation_id is None:
        raise NotFound(f"There is no draft {draft_id} in a conversation.")
    told = tell_conversation(session, conversation_id)
    return next(draft for draft in told.drafts if draft.id == draft_id)


def tell_delivery(delivery: Delivery) -> DeliveryAnswer:
    return DeliveryAnswer(
        id=delivery.id, status=delivery.status, external_id=delivery.external_id, detail=delivery.detail
    )


def _newest_deliveries(session: Session, drafts: list[Draft]) -> dict[int, Delivery]:
    wanted = select(Delivery).where(Delivery.draft_id.in_([draft.id for draft in drafts]))
    return {delivery.draft_id: delivery for delivery in session.scalars(wanted.order_by(Delivery.id))}


def _message(file: ConversationFile, message: Message) -> MessageAnswer:
    outcome = file.outcomes.get(message.id)
    return MessageAnswer(
        id=message.id,
        external_id=message.external_id,
        direction=message.direction,
        author=message.author,
        text=message.text,
        visibility=message.visibility,
        sent_at=message.sent_at,
        received_at=message.received_at,
        in_reply_to=message.in_reply_to,
        outcome=OutcomeAnswer(kind=outcome.kind, reason=outcome.reason) if outcome else None,
        due_at=message.answer_due_at,
    )


def _draft(file: ConversationFile, draft: Draft, delivery: Delivery | None) -> DraftAnswer:
    return DraftAnswer(
        id=draft.id,
        message_id=draft.message_id,
        status=draft.status,
        strategy=draft.strategy,
        note=draft.note,
        reason=draft.reason,
        act=draft.act,
        purpose=draft.purpose,
        switch_ground=draft.switch_ground,
        revision=_revision(draft.latest),
        required_sign_offs=_required(file, draft),
        delivery=tell_delivery(delivery) if delivery else None,
    )


def _revision(revision: Revision) -> RevisionAnswer:
    return RevisionAnswer(
        number=revision.number,
        text=revision.text,
        fingerprint=revision.fingerprint,
        length=revision.length,
        limit=revision.limit,
        passages=[
            PassageAnswer(
                entry_id=one.version.entry_id,
                version=one.version.number,
                score=one.score,
                question=one.version.question,
            )
            for one in revision.passages
        ],
        checks=[
            CheckAnswer(name=check.name, passed=check.passed, detail=check.detail, blocks=check.blocks)
            for check in revision.checks
        ],
    )


def _required(file: ConversationFile, draft: Draft) -> list[RequiredSignOffAnswer]:
    signers = {sign_off.role: sign_off.person.handle for sign_off in standing_for(file, draft)}
    return [
        RequiredSignOffAnswer(
            role=required.role, reason=required.reason, signed_by=signers.get(required.role)
        )
        for required in draft.latest.required
    ]


def _owner(file: ConversationFile) -> OwnerAnswer | None:
    conversation = file.conversation
    if conversation.owner_role is None and file.owner is None:
        return None
    return OwnerAnswer(
        role=conversation.owner_role,
        person=file.owner.handle if file.owner else None,
        reason=conversation.owner_reason,
    )
