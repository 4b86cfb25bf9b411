"""The SOP's rules: read strictly, proved by their examples, hard to dodge."""

from pathlib import Path

import pytest
import yaml

from app.core.errors import NotFound
from app.core.settings import CHECKOUT
from app.sop.rule_files import BadRuleFile
from app.sop.rules import Asked, FailedExample, load_rules, run_examples

REFUND = {
    "id": "refund",
    "role": "legal",
    "reason": "A refund is touched",
    "in": ["message", "draft"],
    "words": ["refund*", "money back", "someone else's seat"],
    "examples": [{"message": "I want a refund", "asks": True}],
}
PRICE = {
    "id": "price",
    "role": "lead",
    "reason": "A price is promised",
    "in": ["draft"],
    "words": ["cheapest"],
    "examples": [{"draft": "the cheapest", "asks": True}],
}


def folder_with(folder: Path, *rules: object) -> Path:
    (folder / "rules.yaml").write_text(yaml.safe_dump({"rules": list(rules)}, sort_keys=False))
    return folder


def test_every_example_of_the_brand_holds() -> None:
    rules = load_rules(CHECKOUT / "kb" / "sop")

    assert run_examples(rules) == []
    assert {rule.id for rule in rules.rules} >= {"compensation", "injury", "legal-threat", "press"}


def test_a_rule_asks_with_its_role_reason_and_the_words(tmp_path: Path) -> None:
    rules = load_rules(folder_with(tmp_path, REFUND, PRICE))

    assert rules.asked_by("REFUNDS please", "We are the cheapest.") == [
        Asked("refund", "legal", "A refund is touched", ("refunds",)),
        Asked("price", "lead", "A price is promised", ("cheapest",)),
    ]
    assert rules.asked_by("Are you the cheapest?", "Yes.") == []


@pytest.mark.parametrize(
    "text",
    [
        "ReFuNd",
        "re\u200bfund",
        "re\u00adfund",
        "r\u00e9fund",
        "\uff52\uff45\uff46\uff55\uff4e\uff44",
        "r\u0435fund",
        "money   \n back",
        "money-back",
        "someone else\u2019s seat",
    ],
)
def test_a_rule_cannot_be_dodged(tmp_path: Path, text: str) -> None:
    rules = load_rules(folder_with(tmp_path, REFUND))

    assert [asked.rule_id for asked in rules.asked_by(f"Hello, {text}!", "")] == ["refund"]


@pytest.mark.parametrize("text", ["prefund", "money. Back soon", "someone else"])
def test_a_part_of_a_word_or_two_sentences_do_not_ask(tmp_path: Path, text: str) -> None:
    assert load_rules(folder_with(tmp_path, REFUND)).asked_by(text, "") == []


def test_the_digest_changes_with_the_named_rules_only(tmp_path: Path) -> None:
    before = load_rules(folder_with(tmp_path, REFUND, PRICE))
    after = load_rules(folder_with(tmp_path, REFUND, PRICE | {"reason": "A price is guaranteed"}))

    assert before.digest_of(["refund"]) == after.digest_of(["refund"])
    assert before.digest_of(["refund", "price"]) == before.digest_of(["price", "refund"])
    assert before.digest_of(["price"]) != after.digest_of(["price"])
    with pytest.raises(NotFound, match="no SOP rule injury"):
        before.digest_of(["injury"])


def test_a_broken_example_is_found(tmp_path: Path) -> None:
    wrong = REFUND | {"examples": [{"message": "money for nothing", "asks": True}]}

    assert run_examples(load_rules(folder_with(tmp_path, wrong))) == [
        FailedExample("refund", "money for nothing", asks=True)
    ]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"role": "janitor"}, "role: Input should be 'agent'"),
        ({"examples": []}, "examples: "),
        ({"examples": [{"asks": True}]}, "either a message or a draft"),
        ({"words": []}, "words: "),
        ({"in": ["subject"]}, "in.0: "),
        ({"colour": "red"}, "colour: Extra inputs"),
        ({"words": ["* "]}, "words.0: "),
    ],
)
def test_a_bad_rule_is_refused_with_its_place(
    tmp_path: Path, change: dict[str, object], complaint: str
) -> None:
    with pytest.raises(BadRuleFile) as refused:
        load_rules(folder_with(tmp_path, REFUND, PRICE | change))

    assert "rules.yaml, line 15, rule price: " in refused.value.detail
    assert complaint in refused.value.detail


def test_a_rule_stands_once(tmp_path: Path) -> None:
    with pytest.raises(BadRuleFile, match="refund stands there more than once"):
        load_rules(folder_with(tmp_path, REFUND, REFUND))


@pytest.mark.parametrize("text", ["rules: [", "- a", "rules: {}", "rules: []\nmore: 1", "", "rules: [\x00]"])
def test_what_is_no_list_of_rules_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "rules.yaml").write_text(text)

    with pytest.raises(BadRuleFile, match=r"rules\.yaml, line 1: "):
        load_rules(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRuleFile, match=r"holds no \.yaml file"):
        load_rules(tmp_path)
