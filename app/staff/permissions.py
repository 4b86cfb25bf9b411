"""Who may do what: the one table. Sign-off by role is decided here and in review/policy."""

from enum import StrEnum

from app.core.errors import NotAllowed
from app.staff.models import Person, Role

A, L, E, D, G, N = Role.AGENT, Role.LEGAL, Role.EXPERT, Role.LEAD, Role.GATEKEEPER, Role.NETWORK


class Action(StrEnum):
    HAND_IN = "hand in messages"
    READ = "read conversations"
    EDIT = "edit drafts"
    ANSWER = "answer without a draft, correct or delete a posted reply"
    REJECT = "reject drafts"
    IGNORE = "ignore messages"
    SIGN = "sign drafts"
    JUDGE = "judge which answer a message is about"
    RESOLVE = "say whether an uncertain post arrived"
    SWITCH = "stop and resume sending"


MAY: dict[Action, frozenset[Role]] = {
    Action.HAND_IN: frozenset({A, D, N}),
    Action.READ: frozenset({A, L, E, D, G}),
    Action.EDIT: frozenset({A, L, E, D}),
    Action.ANSWER: frozenset({A, D}),
    Action.REJECT: frozenset({A, L, E, D}),
    Action.IGNORE: frozenset({A, D}),
    Action.SIGN: frozenset({A, L, E, D}),
    Action.JUDGE: frozenset({A, D, G}),  # it changes what the next customer is answered
    Action.RESOLVE: frozenset({A, D}),
    Action.SWITCH: frozenset({A, L, D}),  # stopping must be easy for everybody who answers; it is audited
}


def may(person: Person, action: Action) -> bool:
    return bool(person.roles & MAY[action])


def require(person: Person, action: Action) -> None:
    """Raise `NotAllowed`, naming who may."""
    if not may(person, action):
        allowed = " or ".join(sorted(MAY[action]))
        raise NotAllowed(f"{person.name} may not {action}. That takes the role {allowed}.")
