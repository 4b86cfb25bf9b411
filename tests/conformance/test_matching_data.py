"""Matching on questions that none of us wrote: CLINC150's development files, five examples an entry."""

import json

import numpy as np
import pytest
from pydantic import BaseModel

from app.core.settings import CHECKOUT
from app.embeddings.encoder import get_encoder
from app.evaluation.matching import MatchingCase, score
from app.retrieval.lexical import LexicalIndex
from app.retrieval.matching import find_matches
from tests.retrieval.faq import make_index

pytestmark = pytest.mark.conformance

FOLDER = CHECKOUT.parent / "shared" / "data" / "faq_match"


class Entry(BaseModel):
    faq_id: str
    title: str
    examples: list[str]


class Query(BaseModel):
    id: str
    text: str
    faq_id: str | None


def lines(name: str) -> list[str]:
    return (FOLDER / name).read_text().splitlines()


@pytest.fixture(scope="module")
def faq() -> dict[str, list[str]]:
    entries = [Entry.model_validate(json.loads(line)) for line in lines("clinc150_faq.jsonl")]
    return {entry.faq_id: [entry.title, *entry.examples] for entry in entries}


@pytest.fixture(scope="module")
def cases() -> list[MatchingCase]:
    queries = [Query.model_validate(json.loads(line)) for line in lines("clinc150_queries.jsonl")]
    return [MatchingCase(id=query.id, text=query.text, expects=query.faq_id) for query in queries]


def lexical_recall(faq: dict[str, list[str]], cases: list[MatchingCase]) -> float:
    """Recall@1 of shared words alone."""
    owners = [entry_id for entry_id, phrasings in faq.items() for _ in phrasings]
    index = LexicalIndex([phrasing for phrasings in faq.values() for phrasing in phrasings])
    inside = [case for case in cases if case.expects]
    return float(np.mean([owners[index.scores(case.text).argmax()] == case.expects for case in inside]))


def test_meaning_and_words_find_more_than_words_alone_and_turn_strangers_away(
    faq: dict[str, list[str]], cases: list[MatchingCase], capsys: pytest.CaptureFixture[str]
) -> None:
    index = make_index(faq)
    answers = [find_matches(index, get_encoder(), case.text) for case in cases]
    report = score(cases, answers, threshold=index.threshold, p50_ms=0.0)
    floor = lexical_recall(faq, cases)

    with capsys.disabled():
        print(  # noqa: T201 -- the figures are what a reader of this run wants
            f"\nCLINC150: n {report.n}, recall@1 {report.top1:.3f} (words alone {floor:.3f}), "
            f"recall@3 {report.top3:.3f}, threshold {report.threshold:.3f}, "
            f"answers right {report.answered_precision:.3f}, found {report.answered_recall:.3f}, "
            f"rightly none {report.abstained_right:.3f}"
        )
    assert report.in_scope > 1_000
    assert report.top1 is not None
    assert report.top1 >= floor
    assert report.answered_recall is not None
    assert report.abstained_right is not None
    assert report.abstained_right > 1 - report.answered_recall  # more strangers turned away than answers lost
