"""What exactly a person signs: everything that will be posted, where, to whom, and on what grounds."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from app.conversations.lengths import posts_for
from app.conversations.models import Account, Message
from app.drafting.models import Draft


def content_of(
    draft: Draft,
    *,
    account: Account,
    message: Message | None,
    corrects: Message | None,
    text: str,
    version_ids: Iterable[int],
    rules_digest: str,
) -> dict[str, Any]:
    """The content a fingerprint covers. A change of any part of it is a new thing to sign."""
    target = corrects or message
    first, *further = posts_for(account, draft.audience, text)
    return {
        "text": first,
        "thread": further,  # when the text is split
        "attachments": [],
        "ai_label": account.ai_label,
        "act": draft.act,
        "channel": account.network,
        "account": account.name,
        "identity": draft.identity,
        "purpose": draft.purpose,
        "audience": draft.audience,
        "recipient": message.author if message else None,
        "target": {"external_id": target.external_id, "content_hash": target.content_hash}
        if target
        else None,
        "answers": {"external_id": message.external_id, "content_hash": message.content_hash}
        if message
        else None,
        "faq_versions": sorted(version_ids),
        "rules": rules_digest,
        # Left out where there is none, so that what was signed before grounds were recorded stays signed.
        **({"switch_ground": draft.switch_ground} if draft.switch_ground else {}),
    }


def fingerprint(content: dict[str, Any]) -> str:
    """sha256 in hex of the canonical JSON of the content."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
