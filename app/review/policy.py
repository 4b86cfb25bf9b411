"""Which sign-offs a reply needs, and why; who may give them; which of them still stand.

The rules themselves are data: kb/sop. This is the only place where they become signatures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from app.core.errors import NotAllowed
from app.core.settings import CHECKOUT
from app.drafting.models import RequiredSignOff, Revision
from app.review.models import Decision, SignOff
from app.sop.rules import RuleSet, load_rules
from app.staff.models import Person, Role
from app.staff.permissions import Action, require

AGENT_ALWAYS = "Always: somebody on the team reads every reply"


@dataclass(frozen=True)
class Needed:
    """One signature that is asked for."""

    role: Role
    reason: str
    rules: tuple[str, ...]
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def rules() -> RuleSet:
    """The SOP's rules, read once per process."""
    return load_rules(CHECKOUT / "kb" / "sop")


def needed_sign_offs(message_text: str, draft_text: str) -> list[Needed]:
    """The agent always; whoever a rule names, once per role, with all its reasons."""
    needed = {Role.AGENT: Needed(Role.AGENT, AGENT_ALWAYS, (), ())}
    for asked in rules().asked_by(message_text, draft_text):
        role, before = Role(asked.role), needed.get(Role(asked.role))
        if before is None or not before.rules:
            needed[role] = Needed(role, asked.reason, (asked.rule_id,), tuple(asked.words))
        else:
            needed[role] = Needed(
                role,
                f"{before.reason}; {asked.reason[:1].lower()}{asked.reason[1:]}",
                (*before.rules, asked.rule_id),
                tuple(dict.fromkeys((*before.words, *asked.words))),
            )
    return list(needed.values())


def rules_digest(needed: Sequence[Needed]) -> str:
    """Digest of just the rules that matched: a typo in another rule changes nothing."""
    return rules().digest_of(sorted(rule for need in needed for rule in need.rules))


def require_role(person: Person, role: Role) -> None:
    """Raise `NotAllowed` unless this person may sign in this role at all."""
    require(person, Action.SIGN)
    if role not in person.roles:
        raise NotAllowed(f"{person.name} does not have the role {role} and cannot sign in it.")


def require_entitled(person: Person, role: Role, revision: Revision, standing: Sequence[SignOff]) -> None:
    """Raise `NotAllowed` unless this person may sign this revision in this role.

    Two roles are two people, and whoever wrote the words never gives the second signature.
    """
    require_role(person, role)
    if role not in {required.role for required in revision.required}:
        raise NotAllowed(f"This reply does not need a signature of {role}.")
    if role is not Role.AGENT and revision.author_id == person.id:
        raise NotAllowed(f"{person.name} wrote these words; somebody else has to sign them as {role}.")
    if any(sign_off.person_id == person.id and sign_off.role is not role for sign_off in standing):
        raise NotAllowed(
            f"{person.name} already signed this in another role; the second signature needs a second person."
        )


def standing_sign_offs(
    revision: Revision, sign_offs: Sequence[SignOff], *, newest_message_at: datetime | None
) -> list[SignOff]:
    """The signatures that count now: on these very words, by people still entitled, given after
    the customer's last message."""
    return [
        sign_off
        for sign_off in sign_offs
        if sign_off.decision is Decision.APPROVED
        and sign_off.voided_at is None
        and sign_off.fingerprint == revision.fingerprint
        and sign_off.role in sign_off.person.roles
        and (newest_message_at is None or sign_off.signed_at >= newest_message_at)
    ]


def missing_roles(revision: Revision, standing: Sequence[SignOff]) -> list[Role]:
    """Roles whose signature is still wanted, in the order they are listed."""
    given = {sign_off.role for sign_off in standing}
    return [required.role for required in revision.required if required.role not in given]


def as_rows(needed: Sequence[Needed]) -> list[RequiredSignOff]:
    """The same, as a revision keeps it for its page and for Legal's queue."""
    return [
        RequiredSignOff(
            position=position,
            role=need.role,
            reason=need.reason,
            rules=list(need.rules),
            words=list(need.words),
        )
        for position, need in enumerate(needed)
    ]
