"""One approved answer, worded for every kind of channel, for people to choose from. Publishes nothing.

By rule the answer stands as it is where it fits, and shorter by whole sentences where it does not; with a
capable model its own wording is offered as well, through the same checks as any draft.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.channels.network_rules import Place, all_rules
from app.channels.rules import Measure, measure
from app.checks.checked_text import CheckedText, Finding
from app.checks.facts import facts_in
from app.checks.findings import check_text
from app.drafting.approved import approved_variant
from app.drafting.shorten import Frame, Shortened, readings_in, shorten
from app.drafting.tasks import DraftingTask, Evidence, NoDraftPossible
from app.drafting.voice import Voice
from app.drafting.write import NotAcceptable, write
from app.llm.faults import ModelFault
from app.llm.gateway import Gateway


class Made(StrEnum):
    AS_APPROVED = "as approved"
    SHORTENED = "shortened"
    BY_MODEL = "by the model"
    NOT = "not possible"


@dataclass(frozen=True)
class VariantProposal:
    """One wording for one place of one network; `text` is empty where none could be made."""

    network: str
    place: Place
    made: Made
    text: str
    length: Measure
    left_out: tuple[str, ...]  # sentences of the answer that are not in it
    facts_left_out: tuple[str, ...]  # facts of the answer that are not in it, as the answer writes them
    findings: tuple[Finding, ...]  # what did not pass


def propose_variants(
    entry: Evidence, *, voice: Voice, gateway: Gateway | None = None
) -> list[VariantProposal]:
    """A wording for each place of each network; with `gateway` the model's own beside it where it passes."""
    found = []
    for network, rules in all_rules().items():
        for place in rules.places:
            spot = _Spot(entry, voice, network, place)
            found.append(spot.by_rule())
            if gateway is not None:
                found += spot.by_model(gateway)
    return found


@dataclass(frozen=True)
class _Spot:
    """One place of one network that the answer is worded for."""

    entry: Evidence
    voice: Voice
    network: str
    place: Place

    def by_rule(self) -> VariantProposal:
        try:
            return self._proposal(Made.AS_APPROVED, approved_variant(self._task(), measure=self._length))
        except NoDraftPossible:
            cut = self._shortened()
        if cut is None:
            return self._proposal(Made.NOT, "")
        return self._proposal(Made.SHORTENED, cut.text, left_out=cut.left_out)

    def by_model(self, gateway: Gateway) -> Iterator[VariantProposal]:
        """Asked as a customer would ask; a model that is away or fails the checks offers nothing."""
        try:
            written = write(
                self._task(),
                voice=self.voice,
                gateway=gateway,
                measure=self._length,
                acceptable=lambda text: [one.name for one in self._not_passed(text) if one.blocks],
            )
        except (ModelFault, NotAcceptable):
            return
        yield self._proposal(Made.BY_MODEL, written.text)

    def _shortened(self) -> Shortened | None:
        return shorten(
            self.entry.answer,
            frame=Frame(),
            sources=self.entry.approved_words,
            fits=lambda text: not self._measure(text).too_long,
        )

    def _proposal(self, made: Made, text: str, *, left_out: tuple[str, ...] = ()) -> VariantProposal:
        return VariantProposal(
            network=self.network,
            place=self.place,
            made=made,
            text=text,
            length=self._measure(text),
            left_out=left_out,
            facts_left_out=_facts_missing(self.entry.answer, text),
            findings=tuple(self._not_passed(text)) if text else (),
        )

    def _not_passed(self, text: str) -> list[Finding]:
        checked = CheckedText(
            text=text,
            network=self.network,
            public=self.place is Place.PUBLIC,
            sources=(self.entry.question, *self.entry.approved_words),
            customer_text=self.entry.question,
            allowed_domains=tuple(self.voice.allowed_domains),
            banned_words=tuple(self.voice.banned_words),
        )
        return [finding for finding in check_text(checked) if not finding.passed]

    def _task(self) -> DraftingTask:
        return DraftingTask(
            message_id=None,
            customer_text=self.entry.question,
            network=self.network,
            public=self.place is Place.PUBLIC,
            limit=self._measure("").limit,
            evidence=(self.entry,),
            thread=(),
        )

    def _measure(self, text: str) -> Measure:
        return measure(self.network, text, place=self.place)

    def _length(self, text: str) -> int:
        return self._measure(text).length


def _facts_missing(answer: str, text: str) -> tuple[str, ...]:
    said = readings_in(text)
    return tuple(dict.fromkeys(fact.shown for fact in facts_in(answer) if not fact.readings & said))
