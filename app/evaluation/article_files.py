"""Articles or snippets and questions to them, as shared/data/kb, kb_qa and faq_match write them."""

from collections.abc import Collection, Iterable
from pathlib import Path

from pydantic import model_validator

from app.evaluation.jsonl import Filled, Row, UnusableFile, read_objects, read_rows, refuse_twice
from app.evaluation.sets import Case, EvalSet
from app.retrieval.corpus import Entry


class ArticleRow(Row):
    """A help article. One id may stand for the same article in several languages."""

    article_id: Filled
    title: Filled
    body: str | None = None
    body_md: str | None = None
    lang: Filled | None = None

    @model_validator(mode="after")
    def _has_a_body(self) -> "ArticleRow":
        if self.body is None and self.body_md is None:
            raise ValueError("the field body (or body_md) is missing")
        return self

    @property
    def key(self) -> str:
        return f"{self.article_id} ({self.lang})" if self.lang else self.article_id


class SnippetRow(Row):
    """A question about one place, with its answer."""

    faq_id: Filled
    entity: str | None
    question: Filled
    answer: str


class Turn(Row):
    who: str
    text: str


class ArticleQueryRow(Row):
    """A question with the articles or snippets that answer it, under one of three names."""

    id: Filled
    text: str
    article_ids: list[Filled] | None = None
    article_id: Filled | None = None
    faq_ids: list[Filled] | None = None
    needs_faq: bool | None = None  # False: nothing in the files answers this turn
    history: list[Turn] = []
    lang: Filled | None = None

    @model_validator(mode="after")
    def _has_an_answer_or_says_there_is_none(self) -> "ArticleQueryRow":
        if not self.model_fields_set & {"article_ids", "article_id", "faq_ids"}:
            raise ValueError("one of the fields article_ids, article_id and faq_ids is needed")
        if self.needs_faq and not self.gold:
            raise ValueError("needs_faq is true but no entry is named; name it, or set needs_faq to false")
        return self

    @property
    def gold(self) -> frozenset[str]:
        return frozenset([*(self.article_ids or ()), *(self.faq_ids or ())]) | (
            {self.article_id} if self.article_id else frozenset()
        )

    @property
    def is_in_scope(self) -> bool:
        return bool(self.gold) and self.needs_faq is not False


def read_article_set(kb: Path, queries: Path, *, languages: Collection[str] = ()) -> EvalSet:
    """Raises `UnusableFile` when a file is broken, holds one article twice or none in these languages."""
    first = read_objects(kb)[0][1]
    if "article_id" in first:
        entries, names = _articles(kb, languages)
    elif "faq_id" in first:
        entries, names = _snippets(kb), {}
    else:
        raise UnusableFile(
            f"{kb}, line 1: the fields article_id and faq_id are both missing. Articles need article_id, "
            "title and body (or body_md); snippets need faq_id, entity, question and answer."
        )
    cases = tuple(_case(row) for _, row in read_rows(queries, ArticleQueryRow))
    known = {names.get(entry.key, entry.key) for entry in entries}
    return EvalSet(entries, cases, names, notes=tuple(_strangers(queries, cases, known)))


def _articles(kb: Path, languages: Collection[str]) -> tuple[tuple[Entry, ...], dict[str, str]]:
    rows = read_rows(kb, ArticleRow)
    refuse_twice(kb, "article_id", [(number, row.key) for number, row in rows])
    kept = [row for _, row in rows if not languages or row.lang in languages]
    if not kept:
        there = ", ".join(sorted({row.lang or "none" for _, row in rows}))
        raise UnusableFile(f"{kb}: no article is in {', '.join(languages)}. There are: {there}.")
    entries = tuple(Entry(row.key, row.title, body=row.body or row.body_md or "") for row in kept)
    return entries, {row.key: row.article_id for row in kept}


def _snippets(kb: Path) -> tuple[Entry, ...]:
    rows = read_rows(kb, SnippetRow)
    refuse_twice(kb, "faq_id", [(number, row.faq_id) for number, row in rows])
    return tuple(
        Entry(row.faq_id, row.question, body=row.answer, subject=row.entity or "") for _, row in rows
    )


def _case(row: ArticleQueryRow) -> Case:
    return Case(
        id=row.id,
        text=row.text,
        gold=row.gold if row.is_in_scope else frozenset(),
        in_scope=row.is_in_scope,
        history=tuple(turn.text for turn in row.history),
        language=row.lang,
    )


def _strangers(queries: Path, cases: Iterable[Case], known: Collection[str]) -> list[str]:
    lost = [case for case in cases if case.in_scope and case.gold.isdisjoint(known)]
    if not lost:
        return []
    return [
        f"{queries}: questions answered only by articles that are not there count as never found: "
        f"{len(lost)}, such as {lost[0].id}."
    ]
