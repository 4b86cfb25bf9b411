"""Files of others are read as they come, and refused in words that say where and why."""

import json
from pathlib import Path

import pytest

from app.evaluation.article_files import read_article_set
from app.evaluation.faq_files import read_faq_set
from app.evaluation.jsonl import UnusableFile
from app.evaluation.sets import Case
from app.retrieval.corpus import Entry
from tests.evaluation.files import (
    ARTICLE_QUERIES,
    ARTICLES,
    FAQ,
    LEARN,
    QUERIES,
    SNIPPETS,
    TURNS,
    Rows,
    write_rows,
)


def test_a_faq_its_questions_and_what_was_confirmed_become_a_set(tmp_path: Path) -> None:
    asked = read_faq_set(
        write_rows(tmp_path / "faq", FAQ),
        write_rows(tmp_path / "queries", QUERIES),
        learn=write_rows(tmp_path / "learn", LEARN),
    )

    assert asked.entries == (
        Entry("boat", "Bicycles on the boat", ("Can I take my bike on the ferry?",), ("bicycle on deck",)),
        Entry("dog", "Dogs", ("May my dog come along?",)),
        Entry("wifi", "Internet on board", ("Does the wifi work?",), ("wlan?",)),
    )
    assert asked.cases == (
        Case("q1", "is my bike allowed on the ferry", frozenset({"boat"}), in_scope=True),
        Case("q2", "can my dog come along", frozenset({"dog"}), in_scope=True),
        Case("q3", "does the wifi work today", frozenset({"wifi"}), in_scope=True),
        Case("q4", "who painted the Mona Lisa", frozenset(), in_scope=False),
    )
    assert asked.notes == ()


def test_questions_to_hidden_entries_have_no_answer(tmp_path: Path) -> None:
    learnt: Rows = [*LEARN, {"text": "puppy", "faq_id": "dog"}]

    asked = read_faq_set(
        write_rows(tmp_path / "faq", FAQ),
        write_rows(tmp_path / "queries", QUERIES),
        learn=write_rows(tmp_path / "learn", learnt),
        hide_near_oos=True,
    )

    assert [entry.key for entry in asked.entries] == ["boat", "wifi"]
    assert [case.in_scope for case in asked.cases] == [True, False, True, False]
    assert asked.notes == ()


def test_what_names_no_entry_or_contradicts_itself_is_noted(tmp_path: Path) -> None:
    queries: Rows = [
        {"id": "a", "text": "x", "faq_id": "gone"},
        {"id": "b", "text": "x", "faq_id": "gone", "oos": True},
        {"id": "c", "text": "x", "faq_id": "boat", "oos": True},
    ]

    asked = read_faq_set(
        write_rows(tmp_path / "faq", FAQ),
        write_rows(tmp_path / "queries", queries),
        learn=write_rows(tmp_path / "learn", [{"text": "x", "faq_id": "lost"}]),
    )

    assert [case.in_scope for case in asked.cases] == [True, False, False]
    assert [entry.confirmed for entry in asked.entries] == [(), (), ()]
    assert asked.notes == (
        f"{tmp_path}/queries: questions to entries that the FAQ does not have count as never found: "
        "1, such as those to gone.",
        f"{tmp_path}/queries: questions that name an entry but are marked oos count as out of scope: "
        "1, such as those to boat.",
        f"{tmp_path}/learn: phrasings of entries that the FAQ does not have are left out: "
        "1, such as those to lost.",
    )


def test_a_byte_order_mark_crlf_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    queries = tmp_path / "queries"
    queries.write_bytes(
        b"\xef\xbb\xbf\r\n"
        + "\r\n\r\n".join(json.dumps(row, ensure_ascii=False) for row in QUERIES).encode()
        + '\n{"id": "q5", "text": "caf\u00e9\u2028two", "faq_id": null}'.encode()
    )

    asked = read_faq_set(write_rows(tmp_path / "faq", FAQ), queries)

    assert [case.id for case in asked.cases] == ["q1", "q2", "q3", "q4", "q5"]
    assert asked.cases[-1].text == "caf\u00e9\u2028two"


def test_articles_of_several_languages_share_their_name(tmp_path: Path) -> None:
    asked = read_article_set(
        write_rows(tmp_path / "kb", ARTICLES), write_rows(tmp_path / "queries", ARTICLE_QUERIES)
    )

    assert asked.entries == (
        Entry("lost (en)", "Lost property", body="We keep what you lost."),
        Entry("lost (de)", "Fundsachen", body="Wir heben Verlorenes auf."),
        Entry("fares (en)", "Fares", body="A ticket costs two pounds."),
    )
    assert asked.names == {"lost (en)": "lost", "lost (de)": "lost", "fares (en)": "fares"}
    assert asked.cases == (
        Case("q1", "Fundsachen", frozenset({"lost"}), in_scope=True, language="de"),
        Case("q2", "what does a ticket cost", frozenset({"fares"}), in_scope=True, language="en"),
    )


def test_articles_of_one_language_can_be_asked_alone(tmp_path: Path) -> None:
    kb = write_rows(tmp_path / "kb", ARTICLES)
    queries = write_rows(tmp_path / "queries", ARTICLE_QUERIES)

    asked = read_article_set(kb, queries, languages=["de"])

    assert [entry.key for entry in asked.entries] == ["lost (de)"]
    assert asked.notes == (
        f"{queries}: questions answered only by articles that are not there count as never found: "
        "1, such as q2.",
    )
    with pytest.raises(UnusableFile, match=r"no article is in fr\. There are: de, en\."):
        read_article_set(kb, queries, languages=["fr"])


def test_snippets_know_their_place_and_turns_what_was_said_before(tmp_path: Path) -> None:
    asked = read_article_set(write_rows(tmp_path / "kb", SNIPPETS), write_rows(tmp_path / "queries", TURNS))

    assert asked.entries == (
        Entry("h/1", "Is there parking?", body="Yes, for free.", subject="HOTEL ROSE"),
        Entry("h/2", "Is there parking?", body="No, sorry.", subject="HOTEL LILY"),
        Entry("t/*", "Do taxis take cards?", body="They do."),
    )
    assert asked.cases == (
        Case(
            "t1",
            "can we park there",
            frozenset({"h/2", "h/9"}),
            in_scope=True,
            history=("book the hotel lily", "done"),
        ),
        Case("t2", "thank you", frozenset(), in_scope=False),
    )
    assert asked.notes == ()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty. It needs at least one line."),
        (b"\n \r\n", "is empty. It needs at least one line."),
        (
            b'{"faq_id": "a", "title": "b"}',
            "line 1: the field examples is missing. Every line needs: faq_id, ",
        ),
        (
            b'{"faq_id": "a", "title": "b", "examples": "c"}',
            "line 1, field examples: Input should be a valid list",
        ),
        (
            b'{"faq_id": "a", "title": "b", "examples": [7]}',
            "line 1, field examples.0: Input should be a valid str",
        ),
        (b'{"faq_id": "a", "title": " ", "examples": []}', "line 1, field title: it is empty. Correct it"),
        (b'\n{"faq_id": "a"', "line 2 is no JSON (column 15: "),
        (b"[" * 100_000, "line 1 is no JSON. Write one whole JSON object on each line."),
        (b'["a"]', "line 1 is no JSON object. Write it as {...}, with its fields."),
        (b'\n{"faq_id": "caf\xe9"}', "line 2: byte 16 is not UTF-8. Save the file as UTF-8."),
        (
            b'{"faq_id": "a", "title": "b", "examples": []}\n\n{"faq_id": "a", "title": "c", "examples": []}',
            "line 3: the faq_id a stands in line 1 already. Give every entry a faq_id of its own.",
        ),
    ],
)
def test_a_broken_faq_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    faq = tmp_path / "faq.jsonl"
    faq.write_bytes(content)

    with pytest.raises(UnusableFile) as refused:
        read_faq_set(faq, write_rows(tmp_path / "queries", QUERIES))

    assert str(faq) in refused.value.detail
    assert told in refused.value.detail


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            {"id": "a", "text": "b"},
            "line 1: the field faq_id is missing. Every line needs: id, text, faq_id.",
        ),
        ({"id": "a", "faq_id": None}, "line 1: the field text is missing."),
        (
            {"id": "a", "text": "b", "faq_id": None, "oos": False},
            "line 1: faq_id is null though oos is false",
        ),
        ({"id": "a", "text": "b", "faq_id": ""}, "line 1, field faq_id: it is empty."),
        ({"id": "a", "text": "b", "faq_id": "\ud83d"}, "line 1, field faq_id: it holds half a character"),
        ({"id": "a", "text": "b", "faq_id": 7}, "line 1, field faq_id: Input should be a valid string"),
        (
            {"id": "a", "text": "b", "faq_id": "c", "oos": "no"},
            "line 1, field oos: Input should be a valid bool",
        ),
    ],
)
def test_a_broken_question_is_refused(tmp_path: Path, row: dict[str, object], told: str) -> None:
    with pytest.raises(UnusableFile) as refused:
        read_faq_set(write_rows(tmp_path / "faq", FAQ), write_rows(tmp_path / "queries", [row]))

    assert f"{tmp_path}/queries, {told}" in refused.value.detail


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"id": "a", "text": "b"}, "one of the fields article_ids, article_id and faq_ids is needed"),
        (
            {"id": "a", "text": "b", "faq_ids": [], "needs_faq": True},
            "needs_faq is true but no entry is named",
        ),
        ({"id": "a", "text": "b", "faq_ids": ["h/1"], "history": ["hi"]}, "field history.0: Input should be"),
    ],
)
def test_a_broken_question_to_articles_is_refused(tmp_path: Path, row: dict[str, object], told: str) -> None:
    with pytest.raises(UnusableFile) as refused:
        read_article_set(write_rows(tmp_path / "kb", SNIPPETS), write_rows(tmp_path / "queries", [row]))

    assert f"{tmp_path}/queries, line 1" in refused.value.detail
    assert told in refused.value.detail


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"title": "a"}], "line 1: the fields article_id and faq_id are both missing."),
        ([{"article_id": "a", "title": "b"}], "line 1: the field body (or body_md) is missing"),
        ([{"faq_id": "a", "question": "b", "answer": "c"}], "line 1: the field entity is missing."),
        ([ARTICLES[0], ARTICLES[0]], "line 2: the article_id lost (en) stands in line 1 already."),
        ([SNIPPETS[0], SNIPPETS[0]], "line 2: the faq_id h/1 stands in line 1 already."),
    ],
)
def test_broken_articles_are_refused(tmp_path: Path, rows: list[dict[str, object]], told: str) -> None:
    with pytest.raises(UnusableFile) as refused:
        read_article_set(write_rows(tmp_path / "kb", rows), write_rows(tmp_path / "queries", TURNS))

    assert f"{tmp_path}/kb, {told}" in refused.value.detail


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match=r"nowhere\.jsonl cannot be read: No such file or directory"):
        read_faq_set(tmp_path / "nowhere.jsonl", tmp_path / "queries")


def test_a_faq_whose_every_entry_is_hidden_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match=r"every entry is hidden\. Run this without --hide-near-oos"):
        read_faq_set(
            write_rows(tmp_path / "faq", FAQ[1:2]),
            write_rows(tmp_path / "queries", QUERIES),
            hide_near_oos=True,
        )
