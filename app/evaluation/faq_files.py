"""A FAQ with examples, questions to it and confirmed phrasings, as shared/data/faq_match writes them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from pathlib import Path

from pydantic import model_validator

from app.evaluation.jsonl import Filled, Row, UnusableFile, read_rows, refuse_twice
from app.evaluation.sets import Case, EvalSet
from app.retrieval.corpus import Entry


class FaqRow(Row):
    faq_id: Filled
    title: Filled
    examples: list[str]
    hidden_in_near_oos_run: bool = False


class QueryRow(Row):
    id: Filled
    text: str
    faq_id: Filled | None  # None: no entry answers it
    oos: bool | None = None  # out of scope; left out, it follows from faq_id

    @model_validator(mode="after")
    def _has_an_answer_or_says_there_is_none(self) -> "QueryRow":
        if self.faq_id is None and self.oos is False:
            raise ValueError("faq_id is null though oos is false; name the entry, or set oos to true")
        return self

    @property
    def is_out_of_scope(self) -> bool:
        return self.faq_id is None or self.oos is True


class LearnRow(Row):
    """A phrasing that a person confirmed for an entry."""

    text: str
    faq_id: Filled


def read_faq_set(
    faq: Path, queries: Path, *, learn: Path | None = None, hide_near_oos: bool = False
) -> EvalSet:
    """Raises `UnusableFile` when a file is broken or the FAQ names an entry twice.

    With `hide_near_oos` the entries so marked are taken out, and the questions to them have no answer.
    """
    rows = _unique(faq)
    hidden = {row.faq_id for row in rows if hide_near_oos and row.hidden_in_near_oos_run}
    shown = [row for row in rows if row.faq_id not in hidden]
    if not shown:
        raise UnusableFile(f"{faq}: every entry is hidden. Run this without --hide-near-oos.")
    asked = [row for _, row in read_rows(queries, QueryRow)]
    learnt = [row for _, row in read_rows(learn, LearnRow)] if learn else []
    known = {row.faq_id for row in rows}
    return EvalSet(
        entries=_entries(shown, learnt),
        cases=tuple(_case(row, hidden) for row in asked),
        notes=(
            *_note(
                f"{queries}: questions to entries that the FAQ does not have count as never found",
                [row.faq_id for row in asked if not row.is_out_of_scope and row.faq_id not in known],
            ),
            *_note(
                f"{queries}: questions that name an entry but are marked oos count as out of scope",
                [row.faq_id for row in asked if row.oos and row.faq_id in known],
            ),
            *_note(
                f"{learn}: phrasings of entries that the FAQ does not have are left out",
                [row.faq_id for row in learnt if row.faq_id not in known],
            ),
        ),
    )


def _unique(faq: Path) -> list[FaqRow]:
    rows = read_rows(faq, FaqRow)
    refuse_twice(faq, "faq_id", [(number, row.faq_id) for number, row in rows])
    return [row for _, row in rows]


def _entries(shown: Iterable[FaqRow], learnt: Iterable[LearnRow]) -> tuple[Entry, ...]:
    confirmed = defaultdict[str, list[str]](list)
    for row in learnt:
        confirmed[row.faq_id].append(row.text)
    return tuple(
        Entry(row.faq_id, row.title, tuple(row.examples), tuple(confirmed[row.faq_id])) for row in shown
    )


def _case(row: QueryRow, hidden: Collection[str]) -> Case:
    if row.is_out_of_scope or row.faq_id is None or row.faq_id in hidden:
        return Case(row.id, row.text, frozenset(), in_scope=False)
    return Case(row.id, row.text, frozenset({row.faq_id}), in_scope=True)


def _note(what: str, entry_ids: Collection[str | None]) -> list[str]:
    named = ", ".join(sorted({str(entry_id) for entry_id in entry_ids})[:3])
    return [f"{what}: {len(entry_ids)}, such as those to {named}."] if entry_ids else []
