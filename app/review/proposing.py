"""From a customer's message to a draft that waits for people, or to a person where nothing fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app.checks.checked_text import CheckedText, Finding
from app.conversations.lengths import labelled, measure_for
from app.conversations.models import NO_ANSWERS, Account, Message, Outcome, Visibility
from app.conversations.outcomes import give_to, lock_message
from app.core.clock import utc_now
from app.core.crash_points import crash_point
from app.core.database import transaction
from app.core.settings import get_settings
from app.drafting.judge import with_judgement
from app.drafting.models import Draft, Origin
from app.drafting.propose import propose
from app.drafting.tasks import DraftingTask, Evidence, NoDraftPossible, Proposal
from app.embeddings.encoder import Encoder
from app.knowledge.queries import PublishedVersion
from app.llm.gateway import Gateway, get_gateway
from app.retrieval.matching import Match, Matches, current_index, find_matches
from app.review.accounts import voice_of
from app.review.drafts import LIVE, open_draft
from app.review.newer_messages import void_signatures_before
from app.review.recent_replies import recent_public_replies
from app.review.revisions import Cited, SecondLook, findings_for
from app.staff.models import Role
from app.triage.candidates import Candidate, Candidates, Part
from app.triage.models import Route, TriageDecision
from app.triage.orders_noticed import OrderNoticed, as_rows, notice_orders

# A figure, link or name that nothing approved holds, or one that belongs elsewhere.
UNTRACED = frozenset({"facts_traced", "values_in_place", "names_traced"})


@dataclass(frozen=True)
class Case:
    """What drafting needs of a message, read in one go."""

    message: Message
    account: Account
    thread: tuple[str, ...]  # what was said before it, oldest first
    recent_replies: tuple[str, ...]  # what the account said in public lately, newest first


def answer_with_draft(message_id: int) -> None:
    """Read, match, draft, check and store. May run twice: the second time finds it done.

    Nothing is held while the model thinks; the message is locked and looked at again to store.
    """
    with transaction() as session:
        case = _read(session, message_id, at=utc_now())
        faq = current_index(session)
    if case is None:
        return
    crash_point("answer.before_draft")
    matches = find_matches(faq.index, faq.encoder, case.message.text, history=case.thread)
    versions = [faq.published[match.version_id] for match in matches.found]
    candidates = _candidates(matches)
    noticed = notice_orders(case.message.text, author=case.message.author, encoder=faq.encoder)
    proposal, reason = proposal_for(case, matches, versions, encoder=faq.encoder, gateway=get_gateway())
    look = _second_look(case, versions, proposal, encoder=faq.encoder)
    with transaction() as session:
        _store(
            session,
            case,
            matches,
            candidates,
            versions,
            proposal,
            look,
            noticed=noticed,
            reason=reason,
            at=utc_now(),
        )
        crash_point("answer.draft_not_committed")
    crash_point("answer.draft_committed")


def hand_to_person(message_id: int, reason: str) -> None:
    """Give a message that no draft could be made for to the team, unless somebody was faster."""
    with transaction() as session:
        message = lock_message(session, message_id)
        if not _is_settled(session, message):
            _route_to_person(session, message, reason, Candidates(), at=utc_now())


def _read(session: Session, message_id: int, *, at: datetime) -> Case | None:
    message, account = session.execute(
        select(Message, Account)
        .join(Account, Account.id == Message.account_id)
        .where(Message.id == message_id)
    ).one()
    earlier = session.scalars(
        select(Message.text)
        .where(Message.conversation_id == message.conversation_id, Message.id < message.id)
        .order_by(Message.id.desc())
        .limit(6)
    ).all()
    if earlier:
        void_signatures_before(session, message_id, at=at)
    if _is_settled(session, message):
        return None
    public = message.visibility is Visibility.PUBLIC
    recent = recent_public_replies(session, account, at=at) if public else ()
    return Case(message, account, tuple(reversed(earlier)), recent)


def _is_settled(session: Session, message: Message) -> bool:
    """Whether it has a draft, an outcome, or was already judged to need a person."""
    drafted = exists().where(
        Draft.message_id == message.id,
        Draft.status.in_(LIVE),
        Draft.origin == Origin.LIVE,
        Draft.purpose.not_in(NO_ANSWERS),
    )
    ended = exists().where(Outcome.message_id == message.id)
    judged = exists().where(TriageDecision.message_id == message.id)
    return session.execute(select(or_(drafted, ended, judged))).scalar_one()


def proposal_for(
    case: Case, matches: Matches, versions: Sequence[PublishedVersion], *, encoder: Encoder, gateway: Gateway
) -> tuple[Proposal | None, str]:
    """The proposal, or None with the reason why a person has to answer."""
    if matches.best is None:
        return None, matches.reason
    task = _task(case, matches, versions)
    sources = [words for version in versions for words in words_of(version)]

    def acceptable(text: str) -> list[str]:
        found = findings_for(
            case.account,
            case.message.visibility,
            said=case.message.text,
            text=labelled(case.account, text),
            sources=sources,
        )
        return [finding.name for finding in found if not finding.passed and _rules_out(finding)]

    try:
        proposal = propose(
            task,
            voice=voice_of(case.account),
            gateway=gateway,
            encoder=encoder,
            measure=lambda text: (
                measure_for(case.account, case.message.visibility, labelled(case.account, text)).length
            ),
            acceptable=acceptable,
        )
    except NoDraftPossible as problem:
        return None, problem.detail
    return proposal, matches.reason


def _rules_out(finding: Finding) -> bool:
    """Whether the machine may not offer such words. A person may write them, and is warned."""
    return finding.blocks or finding.name in UNTRACED


def _second_look(
    case: Case, versions: Sequence[PublishedVersion], proposal: Proposal | None, *, encoder: Encoder
) -> SecondLook:
    """What the encoder, and a model where that is wanted, can add to the checks of the machine's words."""
    if proposal is None or not get_settings().llm_judge:
        return SecondLook(encoder)
    checked = CheckedText(
        text=proposal.text,
        network=case.account.network,
        public=case.message.visibility is Visibility.PUBLIC,
        sources=_used(versions, proposal),
        customer_text=case.message.text,
        allowed_domains=(),
        banned_words=(),
    )
    objections = with_judgement([], checked, gateway=get_gateway(), message_id=case.message.id)
    return SecondLook(encoder, tuple(objections))


def _used(versions: Sequence[PublishedVersion], proposal: Proposal) -> tuple[str, ...]:
    """The words of the versions that the proposal stands on."""
    return tuple(
        words
        for version in versions
        if version.entry_id in proposal.evidence_used
        for words in words_of(version)
    )


def _task(case: Case, matches: Matches, versions: Sequence[PublishedVersion]) -> DraftingTask:
    evidence = tuple(
        Evidence(
            entry_id=match.entry_id,
            version=match.version,
            question=match.question,
            answer=version.answer,
            public_short=version.public_short,
            private_long=version.private_long,
            score=match.score,
        )
        for match, version in zip(matches.found, versions, strict=True)
    )
    return DraftingTask(
        message_id=case.message.id,
        customer_text=case.message.text,
        network=case.account.network,
        public=case.message.visibility is Visibility.PUBLIC,
        limit=measure_for(case.account, case.message.visibility, "").limit,
        evidence=evidence,
        thread=case.thread,
        recent_replies=case.recent_replies,
    )


def words_of(version: PublishedVersion) -> list[str]:
    variants = (version.public_short, version.private_long)
    return [version.question, version.answer, *(text for text in variants if text)]


def _store(
    session: Session,
    case: Case,
    matches: Matches,
    candidates: Candidates,
    versions: Sequence[PublishedVersion],
    proposal: Proposal | None,
    look: SecondLook,
    *,
    noticed: tuple[OrderNoticed, ...],
    reason: str,
    at: datetime,
) -> None:
    message = lock_message(session, case.message.id)
    if _is_settled(session, message):
        return
    if proposal is None:
        _route_to_person(session, message, reason, candidates, noticed=noticed, at=at)
        return
    session.add(
        TriageDecision(
            message_id=message.id,
            route=Route.DRAFT,
            topic=_topic(matches),
            reason=reason,
            candidates=candidates.as_rows(),
            threshold=candidates.threshold,
            orders=as_rows(noticed),
            decided_at=at,
        )
    )
    cited = [
        Cited(match.version_id, match.score, match.phrasing)
        for match in matches.found
        if match.entry_id in proposal.evidence_used
    ]
    open_draft(
        session,
        message,
        account=case.account,
        text=labelled(case.account, proposal.text),
        cited=cited,
        sources=_used(versions, proposal),
        second_look=look,
        strategy=proposal.strategy,
        note=proposal.note,
        switch_ground=proposal.switch_ground,
        at=at,
    )


def _topic(matches: Matches) -> str | None:
    return matches.best.entry_id.partition("/")[0] if matches.best else None


def _part(matches: Matches, match: Match) -> Part:
    if matches.or_else is not None and match.entry_id == matches.or_else.entry_id:
        return Part.OR_ELSE
    return Part.ALSO if match.entry_id in {one.entry_id for one in matches.also} else Part.OTHER


def _candidates(matches: Matches) -> Candidates:
    """What was found, as its page will show it."""
    found = tuple(
        Candidate(
            match.entry_id,
            match.score,
            match.phrasing,
            is_answer=match == matches.best,
            probability=match.probability,
            part=_part(matches, match),
        )
        for match in matches.found
    )
    return Candidates(found)


def _route_to_person(
    session: Session,
    message: Message,
    reason: str,
    candidates: Candidates,
    *,
    noticed: tuple[OrderNoticed, ...] = (),
    at: datetime,
) -> None:
    session.add(
        TriageDecision(
            message_id=message.id,
            route=Route.HUMAN,
            reason=reason,
            candidates=candidates.as_rows(),
            threshold=candidates.threshold,
            orders=as_rows(noticed),
            decided_at=at,
        )
    )
    give_to(session, message.conversation_id, Role.AGENT, reason=reason)
