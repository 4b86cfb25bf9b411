"""The only door through which words become a revision: measured, checked, with signers and fingerprint."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.checks.findings import CheckedText, Finding, check_text
from app.conversations.lengths import limits_of, measure_for
from app.conversations.models import Account, Message, Visibility
from app.drafting.models import Act, CheckResult, Draft, Revision, RevisionPassage
from app.drafting.voice import get_voice
from app.knowledge.models import EntryVersion
from app.review import policy
from app.review.fingerprints import content_of, fingerprint


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
            []  # nothing will be said
            if draft.act is Act.DELETE
            else findings_for(
                account,
                draft.audience,
                said=said,
                text=text,
                sources=_sources(session, cited) if sources is None else sources,
            )
        ),
        required=policy.as_rows(needed),
    )
    draft.revisions.append(revision)
    session.flush()
    return revision


def findings_for(
    account: Account, audience: Visibility, *, said: str, text: str, sources: Sequence[str]
) -> list[Finding]:
    """What the checks find in words that are not stored yet."""
    voice = get_voice(account.region.department.brand.voice)
    return check_text(
        CheckedText(
            text=text,
            network=account.network,
            public=audience is Visibility.PUBLIC,
            sources=tuple(sources),
            customer_text=said,
            allowed_domains=tuple(voice.allowed_domains),
            banned_words=tuple(voice.banned_words),
            limits=limits_of(account),
        )
    )


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
