"""The only door through which words become a revision: measured, checked, with signers and fingerprint."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.checks.findings import CheckedText, Finding, check_text
from app.checks.mood import feeling_of
from app.checks.switch_ground import SwitchGround
from app.conversations.lengths import limits_of, measure_for
from app.conversations.models import Account, Message, Purpose, Visibility
from app.drafting.models import Act, CheckResult, Draft, Revision, RevisionPassage
from app.drafting.voice_rules import voice_rules
from app.embeddings.encoder import Encoder
from app.knowledge.models import EntryVersion
from app.review import policy
from app.review.accounts import voice_of
from app.review.fingerprints import content_of, fingerprint
from app.review.recent_replies import recent_public_replies


@dataclass(frozen=True)
class SecondLook:
    """What a worker can add to the checks of words it has just made; pages do without."""

    encoder: Encoder | None = None
    objections: tuple[Finding, ...] = ()  # of a model that judged the draft


NO_SECOND_LOOK = SecondLook()


@dataclass(frozen=True)
class Cited:
    """A version of the FAQ that a reply stands on, and how it was found."""

    version_id: int
    score: float
    phrasing: str


def add_revision(
    session: Session,
    draft: Draft,
    *,
    account: Account,
    message: Message | None,
    corrects: Message | None = None,
    text: str,
    cited: Sequence[Cited],
    sources: Sequence[str] | None = None,
    second_look: SecondLook = NO_SECOND_LOOK,
    author_id: int | None,
    at: datetime,
) -> Revision:
    """Append a revision to a draft. Earlier revisions stay as they are.

    `sources` are the words of the cited versions where the caller has them; else they are read.
    """
    said = message.text if message else ""
    needed = policy.needed_sign_offs(said, text or (corrects.text if corrects else ""))
    content = content_of(
        draft,
        account=account,
        message=message,
        corrects=corrects,
        text=text,
        version_ids=[one.version_id for one in cited],
        rules_digest=policy.rules_digest(needed),
    )
    size = measure_for(account, draft.audience, text)
    revision = Revision(
        number=len(draft.revisions) + 1,
        text=text,
        content=content,
        fingerprint=fingerprint(content),
        length=size.length,
        limit=size.limit,
        author_id=author_id,
        created_at=at,
        passages=_passages(cited),
        checks=_check_rows(
            _findings(
                session,
                draft,
                account=account,
                corrects=corrects,
                said=said,
                text=text,
                cited=cited,
                sources=sources,
                second_look=second_look,
                at=at,
            )
        ),
        required=policy.as_rows(needed),
    )
    draft.revisions.append(revision)
    session.flush()
    return revision


def _findings(
    session: Session,
    draft: Draft,
    *,
    account: Account,
    corrects: Message | None,
    said: str,
    text: str,
    cited: Sequence[Cited],
    sources: Sequence[str] | None,
    second_look: SecondLook,
    at: datetime,
) -> list[Finding]:
    """What the checks find in the words of a revision, with all that only the database knows."""
    if draft.act is Act.DELETE:
        return []  # nothing will be said
    is_public = draft.audience is Visibility.PUBLIC
    found = findings_for(
        account,
        draft.audience,
        said=said,
        text=text,
        sources=_backing(session, draft, account, cited) if sources is None else sources,
        topic=_topic(session, cited),
        switch_ground=draft.switch_ground,
        recent_replies=recent_public_replies(session, account, at=at, without=corrects) if is_public else (),
        encoder=second_look.encoder,
    )
    return [*found, *second_look.objections]


def findings_for(
    account: Account,
    audience: Visibility,
    *,
    said: str,
    text: str,
    sources: Sequence[str],
    topic: str | None = None,
    switch_ground: SwitchGround | None = None,
    fault_confirmed: bool = False,
    recent_replies: Sequence[str] = (),
    encoder: Encoder | None = None,
) -> list[Finding]:
    """What the checks find in words that are not stored yet.

    `topic` is that of the FAQ; `fault_confirmed` says that a fault of ours is on record for this message.
    """
    voice = voice_of(account)
    language = voice.language_of(text)
    greeting = voice.greeting_for(account.network, language)
    return check_text(
        CheckedText(
            text=text,
            network=account.network,
            public=audience is Visibility.PUBLIC,
            sources=tuple(sources),
            customer_text=said,
            allowed_domains=tuple(voice.allowed_domains),
            banned_words=tuple(voice.banned_words),
            own_words=(voice.brand, greeting, *voice.own_words()),
            voice=voice_rules(
                voice, account.network, language=language, mood=feeling_of(said).mood, topic=topic
            ),
            fault_confirmed=fault_confirmed,
            switch_ground=switch_ground,
            recent_replies=tuple(recent_replies),
            fixed_parts=(greeting, voice.signature_for(account.network, language)),
            limits=limits_of(account),
            encoder=encoder,
        )
    )


def _backing(session: Session, draft: Draft, account: Account, cited: Sequence[Cited]) -> list[str]:
    """What stands behind the words: the cited versions, or for a first reply the approved ones."""
    approved = voice_of(account).first_replies() if draft.purpose is Purpose.ACKNOWLEDGEMENT else []
    return [*_sources(session, cited), *approved]


def _topic(session: Session, cited: Sequence[Cited]) -> str | None:
    """The FAQ's topic of the first version cited."""
    if not cited:
        return None
    return session.get_one(EntryVersion, cited[0].version_id).entry_id.partition("/")[0]


def _sources(session: Session, cited: Sequence[Cited]) -> list[str]:
    versions = [session.get_one(EntryVersion, one.version_id) for one in cited]
    return [source for version in versions for source in _words_of(version)]


def _words_of(version: EntryVersion) -> tuple[str, ...]:
    return (version.question, version.answer, *(variant.text for variant in version.variants))


def _passages(cited: Sequence[Cited]) -> list[RevisionPassage]:
    return [
        RevisionPassage(position=position, version_id=one.version_id, score=one.score, phrasing=one.phrasing)
        for position, one in enumerate(cited)
    ]


def _check_rows(findings: Sequence[Finding]) -> list[CheckResult]:
    return [
        CheckResult(
            position=position,
            name=found.name,
            passed=found.passed,
            blocks=found.blocks,
            detail=found.detail,
            words=list(found.words),
        )
        for position, found in enumerate(findings)
    ]
