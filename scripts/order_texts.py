"""What scripts/fit_orders.py learns from and measures on: public data beside the checkout, and our own."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from app.core.settings import CHECKOUT

DATA = CHECKOUT.parent / "shared" / "data"
OWN = CHECKOUT / "evals" / "cases" / "injection_fitting.yaml"
HELD = CHECKOUT / "evals" / "cases" / "injection.yaml"
SEED = 7
DRAWS = {"attacks": 16, "benign": 20}  # of each pattern
MOST_QUERIES = 700  # of one set of questions
MOST_COMMENTS = {"train": 3000, "dev": 1500}
ALTERNATIVES = re.compile(r"\(([^()]*)\)")
# A text of our own counts twice, one drawn from a pattern or a stranger's comment less.
WEIGHTS = {"own": 2.0, "drawn": 0.7, "triage": 0.6}


@dataclass(frozen=True)
class Labelled:
    words: str
    is_attack: bool
    source: str
    group: str  # what is left out together
    is_held: bool  # kept for measuring, never learned from
    order: str | None = None  # the attack within the text, where it is known

    @property
    def weight(self) -> float:
        return WEIGHTS.get(self.source.partition("/")[0], 1.0)


def all_texts() -> list[Labelled]:
    """In a fixed order."""
    return [
        *_direct(),
        *_indirect(),
        *_own(OWN, is_held=False),
        *_drawn(),
        *_own(HELD, is_held=True),
        *_questions(),
        *_comments(),
        *_long_texts(),
    ]


def _rows(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / path).read_text(encoding="utf-8").splitlines()]


def _number(words: str) -> int:
    return int(sha256(words.encode()).hexdigest(), 16)


def _direct() -> Iterator[Labelled]:
    for row in _rows("injection/direct.jsonl"):
        group = row.get("group") or (row["category"] if row["label"] else row["id"])
        yield Labelled(row["text"], bool(row["label"]), f"direct/{row['source']}", group, is_held=False)


def _indirect() -> Iterator[Labelled]:
    for row in _rows("injection/indirect_in_email.jsonl"):
        group = row["category"] if row["label"] else row["id"]
        yield Labelled(
            row["text"],
            bool(row["label"]),
            f"indirect/{row['source']}",
            group,
            is_held=False,
            order=row.get("attack"),
        )


def _own(file: Path, *, is_held: bool) -> Iterator[Labelled]:
    kinds = yaml.safe_load(file.read_text(encoding="utf-8"))
    for label in ("attacks", "benign"):
        for kind, texts in kinds[label].items():
            for words in texts:
                source = "held" if is_held else "own"
                yield Labelled(words, label == "attacks", source, f"{label}/{kind}", is_held)


def _drawn() -> Iterator[Labelled]:
    stream = random.Random(SEED)  # noqa: S311 -- a choice of examples, no secret
    patterns = yaml.safe_load(OWN.read_text(encoding="utf-8"))["drawn"]
    for label, draws in DRAWS.items():
        for place, pattern in enumerate(patterns[label]):
            for words in sorted({_draw(pattern, stream) for _ in range(draws)}):
                yield Labelled(words, label == "attacks", "drawn", f"{label}/drawn{place}", is_held=False)


def _draw(pattern: str, stream: random.Random) -> str:
    while found := ALTERNATIVES.search(pattern):
        chosen = stream.choice(found.group(1).split("|"))
        pattern = pattern[: found.start()] + chosen + pattern[found.end() :]
    return re.sub(" +", " ", pattern).strip()


def _halved(words: str, source: str) -> Labelled:
    """Half of them, chosen by their words, is kept for measuring."""
    return Labelled(words, is_attack=False, source=source, group=words, is_held=_number(words) % 2 == 1)


def _questions() -> Iterator[Labelled]:
    for file in sorted((DATA / "faq_match").glob("*_queries.jsonl")):
        rows = sorted((row["text"] for row in _rows(f"faq_match/{file.name}")), key=_number)
        for words in rows[:MOST_QUERIES]:
            yield _halved(words, f"faq/{file.name.removesuffix('_queries.jsonl')}")


def _comments() -> Iterator[Labelled]:
    for part, most in MOST_COMMENTS.items():
        name = "goemotions_train_15k" if part == "train" else "goemotions_dev"
        rows = sorted((row["text"] for row in _rows(f"triage/{name}.jsonl")), key=_number)
        for words in rows[:most]:
            yield Labelled(words, False, f"triage/{part}", words, is_held=part == "dev")


def _long_texts() -> Iterator[Labelled]:
    yield from (_halved(row["body"], "kb/wixqa") for row in _rows("kb/wixqa_articles.jsonl"))
    yield from (_halved(row["body_md"], "kb/logingov") for row in _rows("kb/logingov_articles.jsonl"))
    for row in _rows("kb_qa/wixqa_expert.jsonl"):
        yield _halved(row["text"], "kb_qa/wixqa_question")
        yield _halved(row["answer"], "kb_qa/wixqa_answer")
    for row in _rows("kb_qa/dstc10_turns.jsonl"):
        yield _halved(" ".join([*(turn["text"] for turn in row["history"]), row["text"]]), "kb_qa/dstc10")
    for name in ("qa", "summary", "data2txt"):
        contexts = dict.fromkeys(str(row["context"]) for row in _rows(f"grounded/ragtruth_{name}.jsonl"))
        yield from (_halved(words, f"grounded/{name}") for words in contexts)
