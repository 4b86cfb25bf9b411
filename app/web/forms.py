"""What the pages' forms may hold; anything else is refused. Browsers send line ends as CR LF."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from app.checks.switch_ground import SwitchGround
from app.http.body import Storable
from app.http.dependencies import PageForm
from app.retrieval.models import Verdict
from app.review.drafts import Keep
from app.staff.models import Role

LONGEST_TEXT = 100_000
LONGEST_REASON = 2_000


def _unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


Words = Annotated[Storable, Field(max_length=LONGEST_TEXT), AfterValidator(_unix_lines)]
Reason = Annotated[Storable, Field(max_length=LONGEST_REASON), AfterValidator(_unix_lines)]


class Queue(StrEnum):
    """Whose queue somebody works through."""

    AGENT = "agent"
    LEGAL = "legal"

    @property
    def role(self) -> Role:
        return Role(self.value)


class WorkForm(PageForm):
    queue: Queue = Queue.AGENT  # where to go on afterwards


class SignOffForm(WorkForm):
    role: Role
    fingerprint: Storable


class EditForm(WorkForm):
    text: Words
    based_on: Storable
    switch_ground: SwitchGround | Literal["", "keep"] = "keep"  # empty takes it away

    @property
    def ground(self) -> SwitchGround | Keep | None:
        if self.switch_ground == "keep":
            return Keep.GROUND
        return self.switch_ground or None


class AnswerForm(WorkForm):
    text: Words


class ReasonForm(WorkForm):
    reason: Reason


class JudgementForm(WorkForm):
    verdict: Verdict
    entry_id: Annotated[Storable, Field(max_length=200)] = ""  # of the entry that answers, for a correction
    based_on: Storable = ""  # fingerprint of the draft that was read; empty where there was none


class WithdrawalForm(WorkForm):
    from_entry: bool = False  # go back to the entry rather than to the conversation


class ResolutionForm(WorkForm):
    arrived: bool
    external_id: Annotated[Storable, Field(max_length=300)] = ""


class SwitchForm(PageForm):
    on: bool
    reason: Reason


class SignInForm(PageForm):
    handle: Annotated[Storable, Field(max_length=200)]
    password: Annotated[str, Field(max_length=1000)]
    next: Annotated[Storable, Field(max_length=500)] = "/"
