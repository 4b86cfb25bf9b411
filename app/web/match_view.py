"""What the page says about a match, and what a person can say about it there."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.conversations.models import Message
from app.drafting.models import Act, Draft
from app.knowledge.queries import EntryRow, EntryStart, entry_list, questions_now
from app.retrieval.models import MatchJudgement
from app.review.matches import stands_on
from app.review.queries import LIVE, ConversationFile
from app.staff.models import Person
from app.staff.permissions import Action, may
from app.triage.candidates import Part, candidates_of
from app.web.reliability import nearness

MOST_OFFERED = 5  # as many as there are keys
MOST_FOUND = 8


@dataclass(frozen=True)
class Offer:
    """Another entry that the draft could stand on, chosen by the key of its number."""

    number: int
    entry: EntryStart
    nearness: str
    part: Part


@dataclass(frozen=True)
class Said:
    """The judgement that stands, and what it will do."""

    judgement: MatchJudgement
    question: str | None  # of the entry; None where none fits
    can_undo: bool


@dataclass(frozen=True)
class MatchView:
    message: Message
    based_on: str  # fingerprint of the draft that is shown; empty without one
    entry_id: str | None  # what the draft stands on
    said: Said | None
    offers: list[Offer]
    can_judge: bool
    can_confirm: bool

    @property
    def or_else(self) -> list[Offer]:
        """What the message may as well be about, as long as nobody said which."""
        return [] if self.said else [offer for offer in self.offers if offer.part is Part.OR_ELSE]

    @property
    def also(self) -> list[Offer]:
        """What the message asks besides."""
        return [offer for offer in self.offers if offer.part is Part.ALSO]

    @property
    def is_none(self) -> bool:
        """Somebody said already that none fits."""
        return self.said is not None and self.said.question is None


def match_view(
    session: Session, file: ConversationFile, message: Message | None, draft: Draft | None, *, viewer: Person
) -> MatchView | None:
    """None where there is no match to speak of: nobody wrote, or our own post is being changed."""
    if message is None or message.deleted_at is not None or (draft is not None and draft.act is not Act.POST):
        return None
    judgement = file.judgements.get(message.id)
    entry_id = stands_on(draft)
    offered = candidates_of(file.triaged.get(message.id))
    wanted = [one for one in offered.found if one.entry_id != entry_id][:MOST_OFFERED]
    judged_id = judgement.entry_id if judgement else None
    entries = questions_now(session, [one.entry_id for one in wanted] + ([judged_id] if judged_id else []))
    offers = [
        Offer(
            number,
            entries[one.entry_id],
            nearness(one.score, probability=one.probability),
            one.part,
        )
        for number, one in enumerate((one for one in wanted if one.entry_id in entries), start=1)
    ]
    judges = may(viewer, Action.JUDGE) and may(viewer, Action.EDIT)
    is_open = message.is_open if draft is None else draft.status in LIVE and draft.posting_since is None
    return MatchView(
        message=message,
        based_on=draft.latest.fingerprint if draft and draft.status in LIVE else "",
        entry_id=entry_id,
        said=_said(judgement, entries, viewer=viewer),
        offers=offers,
        can_judge=judges and is_open,
        can_confirm=judges and entry_id is not None and (judgement is None or judged_id != entry_id),
    )


def found_entries(session: Session, words: str, *, without: str | None) -> list[EntryRow]:
    """Entries that hold the words looked for; none as long as nothing is looked for."""
    if not words.strip():
        return []
    found = entry_list(session, words, limit=MOST_FOUND + 1)
    return [one for one in found if one.entry_id != without][:MOST_FOUND]


def _said(judgement: MatchJudgement | None, entries: dict[str, EntryStart], *, viewer: Person) -> Said | None:
    if judgement is None:
        return None
    entry = entries.get(judgement.entry_id) if judgement.entry_id else None
    question = entry.question if entry else judgement.entry_id
    return Said(judgement, question, may(viewer, Action.JUDGE))
