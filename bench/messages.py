"""What customers write in the measures: the texts of the evals that an approved answer fits."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from app.core.database import transaction
from app.core.settings import CHECKOUT
from app.embeddings.encoder import get_encoder
from app.evaluation.matching import read_cases
from app.retrieval.matching import current_index, find_matches

CHANNELS = ("x", "facebook", "email")
_numbers = count(1)


def fitting_texts() -> list[str]:
    """Texts that get a draft, in the order of the cases."""
    with transaction() as session:
        index = current_index(session).index
    cases = read_cases(CHECKOUT / "evals" / "cases" / "matching.yaml")
    return [case.text for case in cases if find_matches(index, get_encoder(), case.text).best is not None]


def bodies(texts: Sequence[str], *, how_many: int) -> Iterator[dict[str, Any]]:
    """Bodies for POST /api/messages: each from another customer, over all channels of the demo."""
    for turn in range(how_many):
        number = next(_numbers)
        channel = CHANNELS[turn % len(CHANNELS)]
        yield {
            "channel": channel,
            "account": "care",
            "external_id": f"bench-{number}",
            "author": f"customer-{number}@customers.example" if channel == "email" else f"@customer_{number}",
            "text": texts[turn % len(texts)],
            "visibility": "private" if channel == "email" else "public",
        }
