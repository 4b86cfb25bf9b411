"""What is wrong with which field, in words. Never repeats what was sent: it may be hostile or huge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SHOWN = 5
LONGEST_NAME = 60
SENTENCES = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "string_type": "must be text",
    "string_unicode": "holds half a character that cannot be stored",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "is too large a number",
    "model_attributes_type": "must be an object with fields",
    "dict_type": "must be an object with fields",
}


@dataclass(frozen=True)
class WrongFields:
    kinds: tuple[str, ...]
    sentences: tuple[tuple[str, str], ...]  # name of the field, sentence


def wrong_fields(errors: Sequence[Mapping[str, Any]]) -> WrongFields:
    """The first few complaints of pydantic, each as a sentence that names its field."""
    return WrongFields(
        kinds=tuple(error["type"] for error in errors),
        sentences=tuple(_sentence(error) for error in errors[:SHOWN]),
    )


def _sentence(error: Mapping[str, Any]) -> tuple[str, str]:
    path = [str(part) for part in error["loc"][1:]]
    name = printable(".".join(path))[:LONGEST_NAME]
    subject = f"The field {name}" if name else "The body"
    return name, f"{subject} {_complaint(error)}."


def _complaint(error: Mapping[str, Any]) -> str:
    kind, context = error["type"], error.get("ctx") or {}
    if kind in {"string_too_long", "too_long"}:
        return f"is longer than {context['max_length']:,} characters"
    if kind in {"enum", "literal_error"}:
        return f"must be {context['expected']}".replace("'", "")
    if kind in {"greater_than_equal", "less_than_equal"}:
        return f"must be {kind.replace('_', ' ').replace('than equal', 'than or equal to')} " + str(
            context.get("ge", context.get("le"))
        )
    if kind == "value_error":
        return str(context["error"])
    return SENTENCES.get(kind, "cannot be used as it is")


def printable(text: str) -> str:
    """`text` without what JSON, a log line or a terminal would stumble over."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
