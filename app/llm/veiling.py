"""A prompt without private data, for a model that is not ours, and its answer with the data put back.

Every variable that the prompt does not call approved is veiled, whatever it holds: nobody who writes a prompt
or calls a model has to think of it.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

from app.core.errors import InvalidInput
from app.llm.prompts import RenderedPrompt
from app.privacy.veil import Veil

T = TypeVar("T", bound=BaseModel)


def veiled(prompt: RenderedPrompt) -> tuple[RenderedPrompt, Veil]:
    """The prompt as it may leave, and what undoes it. What stands in approved variables stays readable."""
    filled = prompt.made_from
    if filled is None:  # made without a template: nothing is known of its parts
        veil = Veil()
        return RenderedPrompt(
            prompt.name, prompt.version, veil.hide(prompt.system), veil.hide(prompt.user)
        ), veil
    approved = filled.prompt.file.approved
    veil = Veil(text for name in approved for text in _texts_in(filled.variables[name]))
    given = {
        name: filled.variables[name] if name in approved else _hidden(filled.variables[name], veil)
        for name in filled.prompt.file.variables
    }
    return filled.prompt.render(**given), veil


def restored(answer: T | str, veil: Veil) -> T | str:
    """The answer with each value in its placeholder's place; one that we never gave stays for the checks."""
    if isinstance(answer, str):
        return veil.restore(answer)
    return type(answer).model_validate(_mapped(answer.model_dump(), veil))


def _mapped(part: Any, veil: Veil) -> Any:
    if isinstance(part, str):
        return veil.restore(part)
    if isinstance(part, list):
        return [_mapped(one, veil) for one in part]
    if isinstance(part, dict):
        return {name: _mapped(one, veil) for name, one in part.items()}
    return part


def _hidden(value: Any, veil: Veil) -> Any:
    """The value with every text in it veiled. Raises `InvalidInput` for what cannot be looked into."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return veil.hide(str(value))
    if isinstance(value, list | tuple):
        return [_hidden(one, veil) for one in value]
    if isinstance(value, dict):
        return {name: _hidden(one, veil) for name, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _hidden(getattr(value, one.name), veil) for one in fields(value)}
    raise InvalidInput(
        f"A {type(value).__name__} cannot be veiled, so it cannot be sent to an outside model."
    )


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts_in(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _texts_in(getattr(value, one.name))
