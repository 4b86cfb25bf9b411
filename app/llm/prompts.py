"""Prompts are data: prompts/<name>.yaml, rendered in a sandbox, known by the hash of their content.

What a customer wrote, and everything else from outside, enters through variables only, and is never itself
read as a template.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel, ConfigDict, StringConstraints

from app.core.errors import InvalidInput
from app.core.hidden import without_hidden
from app.core.settings import CHECKOUT
from app.core.strict_yaml import read_strict

FOLDER = CHECKOUT / "prompts"

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class PromptFile(BaseModel):
    """What a prompt file holds."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: Words
    purpose: Words  # for whoever reads the file; never sent
    system: Words
    user: Words
    variables: list[str]
    # Those whose text people of the brand approved. All others are veiled before they leave for somebody
    # else's model, so a variable that is forgotten here is hidden rather than shown.
    approved: list[str] = []


@dataclass(frozen=True)
class RenderedPrompt:
    """What is sent, and the version of the prompt it came from."""

    name: str
    version: str
    system: str
    user: str
    made_from: "Filled | None" = field(default=None, compare=False, repr=False)


def _quoted(text: str) -> str:
    """Every line marked as a quotation: no text can end its own quotation."""
    return "\n".join(f"> {line}" for line in text.splitlines())


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,  # a model reads this, no browser
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["quoted"] = _quoted
    return environment


ENVIRONMENT = _environment()


@lru_cache(maxsize=64)
def _template(text: str) -> Template:
    """Compiled once: compiling takes longer than all the rest of a prompt."""
    return ENVIRONMENT.from_string(text)


@dataclass(frozen=True)
class Prompt:
    file: PromptFile
    version: str  # first twelve hex digits of the sha256 of the file

    def render(self, **variables: Any) -> RenderedPrompt:
        """The prompt with exactly its declared variables filled in, and nothing in it that one cannot see.

        Orders can be written in characters that no reader finds. Raises `InvalidInput`.
        """
        if set(variables) != set(self.file.variables):
            raise InvalidInput(f"The prompt {self.file.name} takes {sorted(self.file.variables)}.")
        system, user = (_template(text).render(variables) for text in (self.file.system, self.file.user))
        return RenderedPrompt(
            self.file.name,
            self.version,
            without_hidden(system).strip(),
            without_hidden(user).strip(),
            Filled(self, variables),
        )


@dataclass(frozen=True)
class Filled:
    """A prompt with the variables that it was rendered with, to render it anew with others."""

    prompt: Prompt
    variables: dict[str, Any]


def read_prompt(path: Path) -> Prompt:
    """The prompt of that file. Raises `InvalidInput` when the file is not what it should be."""
    file = read_strict(path, PromptFile)
    if file.name != path.stem:
        raise InvalidInput(f"{path.name} calls itself {file.name}.")
    used = _variables_used(file, path)
    if used != set(file.variables):
        raise InvalidInput(f"{path.name} declares {sorted(file.variables)} and uses {sorted(used)}.")
    if unknown := set(file.approved) - used:
        raise InvalidInput(f"{path.name} approves {sorted(unknown)}, which it does not use.")
    return Prompt(file, sha256(path.read_bytes()).hexdigest()[:12])


def _variables_used(file: PromptFile, path: Path) -> set[str]:
    try:
        return {
            name
            for text in (file.system, file.user)
            for name in find_undeclared_variables(ENVIRONMENT.parse(text))
        }
    except TemplateError as error:
        raise InvalidInput(f"{path.name} is no template: {error}") from error


@lru_cache
def get_prompt(name: str) -> Prompt:
    """A prompt by name, read once per process."""
    return read_prompt(FOLDER / f"{name}.yaml")


def render_prompt(name: str, **variables: Any) -> RenderedPrompt:
    """A prompt by name with its variables filled in."""
    return get_prompt(name).render(**variables)
