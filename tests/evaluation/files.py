"""Small files as the eval commands read them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Rows = Sequence[Mapping[str, Any]]

FAQ: Rows = [
    {"faq_id": "boat", "title": "Bicycles on the boat", "examples": ["Can I take my bike on the ferry?"]},
    {
        "faq_id": "dog",
        "title": "Dogs",
        "examples": ["May my dog come along?"],
        "hidden_in_near_oos_run": True,
    },
    {"faq_id": "wifi", "title": "Internet on board", "examples": ["Does the wifi work?"], "made_by": "us"},
]
QUERIES: Rows = [
    {
        "id": "q1",
        "text": "is my bike allowed on the ferry",
        "faq_id": "boat",
        "oos": False,
        "near_oos": False,
    },
    {"id": "q2", "text": "can my dog come along", "faq_id": "dog", "oos": False, "near_oos": True},
    {"id": "q3", "text": "does the wifi work today", "faq_id": "wifi"},
    {"id": "q4", "text": "who painted the Mona Lisa", "faq_id": None, "oos": True},
]
LEARN: Rows = [{"text": "bicycle on deck", "faq_id": "boat"}, {"text": "wlan?", "faq_id": "wifi"}]

ARTICLES: Rows = [
    {"article_id": "lost", "lang": "en", "title": "Lost property", "body_md": "We keep what you lost."},
    {"article_id": "lost", "lang": "de", "title": "Fundsachen", "body_md": "Wir heben Verlorenes auf."},
    {"article_id": "fares", "lang": "en", "title": "Fares", "body_md": "A ticket costs two pounds."},
]
ARTICLE_QUERIES: Rows = [
    {"id": "q1", "text": "Fundsachen", "lang": "de", "article_id": "lost"},
    {"id": "q2", "text": "what does a ticket cost", "lang": "en", "article_id": "fares"},
]

SNIPPETS: Rows = [
    {"faq_id": "h/1", "entity": "HOTEL ROSE", "question": "Is there parking?", "answer": "Yes, for free."},
    {"faq_id": "h/2", "entity": "HOTEL LILY", "question": "Is there parking?", "answer": "No, sorry."},
    {"faq_id": "t/*", "entity": None, "question": "Do taxis take cards?", "answer": "They do."},
]
TURNS: Rows = [
    {
        "id": "t1",
        "text": "can we park there",
        "history": [{"who": "U", "text": "book the hotel lily"}, {"who": "S", "text": "done"}],
        "needs_faq": True,
        "faq_ids": ["h/2", "h/9"],
    },
    {"id": "t2", "text": "thank you", "history": [], "needs_faq": False, "faq_ids": ["h/1"]},
]


def write_rows(file: Path, rows: Rows) -> Path:
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return file
