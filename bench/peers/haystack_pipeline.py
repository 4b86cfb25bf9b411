"""A haystack pipeline on the same entries and the same stand-in model: retriever, prompt builder, generator.

Run by `python -m bench` in `.venv-peers`: reads a task as JSON from standard input, prints its CPU seconds.
Vectors are given, so nothing is embedded here. Nothing is stored either: a crash loses what was in flight.
"""

import json
import os
import sys
import time
from typing import Any

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # before the import, which would call home

from haystack import Document, Pipeline
from haystack.components.builders import ChatPromptBuilder
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.dataclasses import ChatMessage
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.utils import Secret

WARM_UP = 20
SYSTEM = "You draft replies for {{ brand }}. State only what the approved answers state. Answer in JSON."
USER = """Approved answers:
{% for document in documents %}
[{{ document.meta.entry_id }}]
> {{ document.meta.question }}
> {{ document.content }}
{% endfor %}

The customer's message:
> {{ customer_text }}
"""


def main() -> None:
    task = json.load(sys.stdin)
    spent = {"all": 0.0, "model client": 0.0}
    pipeline = _pipeline(task, spent)
    for turn in range(WARM_UP + task["messages"]):
        if turn == WARM_UP:
            spent["model client"], began = 0.0, time.process_time()
        asked = task["asked"][turn % len(task["asked"])]
        answer = pipeline.run(
            {
                "retriever": {"query_embedding": asked["vector"]},
                "prompt": {"customer_text": asked["text"], "brand": "Skerry Line"},
            }
        )
        if not answer["generator"]["replies"][0].text:
            raise SystemExit("the pipeline gave no reply")
    spent["all"] = time.process_time() - began
    print(json.dumps(spent))


def _pipeline(task: dict[str, Any], spent: dict[str, float]) -> Pipeline:
    store = InMemoryDocumentStore()
    store.write_documents(
        [
            Document(
                content=one["answer"],
                meta={"entry_id": one["entry_id"], "question": one["question"]},
                embedding=one["vector"],
                id=str(number),
            )
            for number, one in enumerate(task["phrasings"])
        ]
    )
    generator = OpenAIChatGenerator(
        api_key=Secret.from_token("none"), model="stand-in", api_base_url=task["model_url"]
    )
    generator.run = _timed(generator.run, spent)
    pipeline = Pipeline()
    pipeline.add_component("retriever", InMemoryEmbeddingRetriever(store, top_k=5))
    pipeline.add_component(
        "prompt", ChatPromptBuilder([ChatMessage.from_system(SYSTEM), ChatMessage.from_user(USER)])
    )
    pipeline.add_component("generator", generator)
    pipeline.connect("retriever.documents", "prompt.documents")
    pipeline.connect("prompt.prompt", "generator.messages")
    return pipeline


def _timed(run: Any, spent: dict[str, float]) -> Any:
    def timed(*args: Any, **more: Any) -> Any:
        began = time.thread_time()
        try:
            return run(*args, **more)
        finally:
            spent["model client"] += time.thread_time() - began

    return timed


if __name__ == "__main__":
    main()
