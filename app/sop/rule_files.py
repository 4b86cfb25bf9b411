"""The form of kb/sop/*.yaml, read strictly: whatever is wrong is named with its file and line."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from yaml.reader import ReaderError

from app.checks.phrases import tokens
from app.core.errors import ServiceError
from app.staff.models import Role

Part = Literal["message", "draft"]


def _a_word(word: str) -> str:
    if not tokens(word):
        raise ValueError("holds no word")
    return word


Word = Annotated[str, AfterValidator(_a_word)]


class BadRuleFile(ServiceError):
    status = 500
    title = "A file of SOP rules cannot be used"


class Example(BaseModel):
    """A text and whether the rule asks for its signature; either what the customer wrote or what we would."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    message: str | None = None
    draft: str | None = None
    asks: bool

    @model_validator(mode="after")
    def _is_one_of_both(self) -> "Example":
        if bool(self.message) == bool(self.draft):
            raise ValueError("an example has either a message or a draft")
        return self


class Rule(BaseModel):
    """When one of these words stands in one of these parts, this role signs as well, for this reason."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    role: Role
    reason: str = Field(min_length=1)
    parts: frozenset[Part] = Field(alias="in", min_length=1)
    words: tuple[Word, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = Field(min_length=1)


def read_rules(folder: Path) -> list[Rule]:
    """All rules of a folder, by file name and place. Raises `BadRuleFile`."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise BadRuleFile(f"{folder} holds no .yaml file with rules.")
    rules = [rule for file in files for rule in _read_file(file)]
    repeated = [rule_id for rule_id, count in Counter(rule.id for rule in rules).items() if count > 1]
    if repeated:
        raise BadRuleFile(f"{folder}: the rule {repeated[0]} stands there more than once.")
    return rules


def _read_file(file: Path) -> list[Rule]:
    text = file.read_text(encoding="utf-8")
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadRuleFile(f"{file}, line {line}: {error.problem}.") from error
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BadRuleFile(f"{file}, line {line}: a character that YAML does not allow.") from error
    if not isinstance(content, dict) or set(content) != {"rules"} or not isinstance(content["rules"], list):
        raise BadRuleFile(f"{file}, line 1: the file holds one list named rules, and nothing else.")
    lines = _lines_of_rules(root)
    return [_read_rule(file, line, rule) for line, rule in zip(lines, content["rules"], strict=True)]


def _lines_of_rules(root: yaml.Node | None) -> list[int]:
    if isinstance(root, yaml.MappingNode) and isinstance(root.value[0][1], yaml.SequenceNode):
        return [node.start_mark.line + 1 for node in root.value[0][1].value]
    return []


def _read_rule(file: Path, line: int, stated: object) -> Rule:
    try:
        return Rule.model_validate(stated)
    except ValidationError as error:
        first = error.errors()[0]
        name = stated.get("id", "without id") if isinstance(stated, dict) else "without id"
        place = ".".join(str(part) for part in first["loc"]) or "the rule"
        raise BadRuleFile(f"{file}, line {line}, rule {name}: {place}: {first['msg']}.") from error
