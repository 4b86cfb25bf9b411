"""What an embeddings endpoint does, well or badly; each is a behaviour of `start_model_server`."""

import hashlib
import json
import random
from collections.abc import Sequence

from tests.model_server import Behaviour, Handler, Json

DIMENSIONS = 6


def embeds(dimensions: int = DIMENSIONS, *, shuffled: bool = False) -> Behaviour:
    """A good answer: for each text its own direction, not of length 1, in order or not."""

    def behave(handler: Handler, body: Json) -> None:
        rows = [
            {"object": "embedding", "index": place, "embedding": direction(text, dimensions)}
            for place, text in enumerate(body["input"])
        ]
        if shuffled:
            rows.reverse()
        handler.give(200, answer(rows))

    return behave


def rows(*embeddings: Sequence[float | None], indexes: Sequence[int] | None = None) -> Behaviour:
    """These embeddings, whatever was asked."""
    places = indexes if indexes is not None else range(len(embeddings))
    given = [{"index": place, "embedding": list(row)} for place, row in zip(places, embeddings, strict=True)]
    return lambda handler, _: handler.give(200, answer(given))


def refuses_blank() -> Behaviour:
    """As hosted endpoints do: a blank text fails the whole batch."""

    def behave(handler: Handler, body: Json) -> None:
        if any(not text.strip() for text in body["input"]):
            handler.give(400, b'{"error": {"message": "input cannot be an empty string"}}')
        else:
            embeds()(handler, body)

    return behave


def direction(text: str, dimensions: int = DIMENSIONS) -> list[float]:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
    generator = random.Random(seed)  # noqa: S311 -- no secret
    return [generator.uniform(-9, 9) for _ in range(dimensions)]


def answer(rows: Sequence[Json]) -> bytes:
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    return json.dumps({"object": "list", "data": rows, "model": "stand-in", "usage": usage}).encode()
