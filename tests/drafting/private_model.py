"""A recording model in the place of somebody else's, and what could be read in what it received."""

import json
import re
import unicodedata

from app.evaluation.private_data import MarkedText
from tests.model_server import Json, ModelServer

PLACEHOLDERS = re.compile(r"⟦[A-Z]+_\d+⟧")


def told_back(body: Json) -> str:
    """A draft that repeats every placeholder the model was shown in the customer's message."""
    said = body["messages"][-1]["content"].partition("The customer's message:")[2]
    shown = " ".join(dict.fromkeys(PLACEHOLDERS.findall(said)))
    return json.dumps({"sentences": [{"text": f"We saw {shown}.", "entries": ["bikes/boat"]}]})


def bare(text: str) -> str:
    """Letters and digits alone, in one form: no dressing hides a value that is there."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def leaked(received: ModelServer, marked: MarkedText) -> list[str]:
    """The values that stand in any call, however they are written."""
    seen = [bare(message["content"]) for call in received.received for message in call.body["messages"]]
    return [span.value for span in marked.spans if any(bare(span.value) in one for one in seen)]
