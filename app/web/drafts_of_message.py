"""Which draft of a message its page shows: the answer, a first reply, or what was posted."""

from dataclasses import dataclass

from app.conversations.models import NO_ANSWERS, Message
from app.drafting.models import Act, Draft, DraftStatus
from app.review import policy
from app.review.queries import LIVE, ConversationFile, standing_for
from app.staff.models import Role


@dataclass(frozen=True)
class DraftsOfMessage:
    current: Draft | None = None  # the one to look at now
    answer: Draft | None = None  # being decided, else posted; a first reply is none
    beside: Draft | None = None  # being decided as well
    can_acknowledge: bool = False


def drafts_of(
    file: ConversationFile, message: Message | None, *, draft_id: int | None, role: Role
) -> DraftsOfMessage:
    """The draft asked for, else the one that waits for this role, else the answer."""
    if message is None:
        return DraftsOfMessage()
    ours = [draft for draft in file.drafts if draft.message_id == message.id]
    live = sorted((one for one in ours if one.status in LIVE), key=lambda one: one.purpose in NO_ANSWERS)
    if not live and not message.is_open:
        posted = [one for one in ours if one.status == "posted"]
        answer = next((one for one in reversed(posted) if one.purpose not in NO_ANSWERS), None)
        return DraftsOfMessage(answer or next(reversed(posted), None), answer)
    current = _chosen(file, live, draft_id=draft_id, role=role)
    return DraftsOfMessage(
        current=current,
        answer=next((one for one in live if one.purpose not in NO_ANSWERS), None),
        beside=next((one for one in live if one is not current), None),
        can_acknowledge=message.is_open and not any(map(_is_first_reply, ours)),
    )


def _chosen(file: ConversationFile, live: list[Draft], *, draft_id: int | None, role: Role) -> Draft | None:
    asked = [one for one in live if one.id == draft_id]
    waiting = [one for one in live if role in policy.missing_roles(one.latest, standing_for(file, one))]
    return next(iter(asked or waiting or live), None)


def _is_first_reply(draft: Draft) -> bool:
    counts = draft.status in (*LIVE, DraftStatus.POSTED)
    return draft.purpose in NO_ANSWERS and draft.act is Act.POST and counts
