"""YAML that remembers on which line of which file each value stands, so that a complaint can name it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.core.errors import InvalidInput

Place = tuple[str | int, ...]  # the keys and positions that lead to a value


@dataclass(frozen=True)
class Located:
    """One value with its place; mappings and lists hold located values."""

    value: "dict[str, Located] | list[Located] | Any"
    file: str
    line: int

    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: one.plain() for key, one in self.value.items()}
        if isinstance(self.value, list):
            return [one.plain() for one in self.value]
        return self.value

    def at(self, place: Place) -> "Located":
        """The value at that place, or the innermost one around it when there is none."""
        inner: Located | None = None
        if place and isinstance(self.value, dict):
            inner = self.value.get(str(place[0]))
        elif place and isinstance(self.value, list) and isinstance(place[0], int):
            inner = self.value[place[0]] if place[0] < len(self.value) else None
        return self if inner is None else inner.at(place[1:])

    def complaint(self, field: str, sentence: str) -> str:
        """What is wrong here, with file, line and field."""
        return (
            f"{self.file}:{self.line}: {field}: {sentence}"
            if field
            else f"{self.file}:{self.line}: {sentence}"
        )


def read_located(path: Path, *, shown_as: str) -> Located:
    """The file's mapping. Raises `InvalidInput` naming file and line when it is no such YAML."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{shown_as}: It is not UTF-8. Save it as UTF-8.") from error
    except OSError as error:
        raise InvalidInput(f"{shown_as}: It cannot be read ({error.strerror}).") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise InvalidInput(
            f"{shown_as}:{line}: It is no YAML: {getattr(error, 'problem', error)}."
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise InvalidInput(f"{shown_as}:1: It must hold fields and their values.")
    return _located(node, shown_as)


def _located(node: yaml.Node, file: str) -> Located:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Located(_mapping(node, file), file, line)
    if isinstance(node, yaml.SequenceNode):
        return Located([_located(one, file) for one in node.value], file, line)
    return Located(_scalar(node), file, line)


def _mapping(node: yaml.MappingNode, file: str) -> dict[str, Located]:
    """PyYAML lets the last of two equal keys win, and the first would be lost without a word."""
    values: dict[str, Located] = {}
    for key_node, value in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in values:
            raise InvalidInput(f"{file}:{line}: {key}: {key!r} stands twice. Remove one.")
        values[key] = _located(value, file)
    return values


def _scalar(node: yaml.Node) -> Any:
    loader = yaml.SafeLoader("")
    return loader.construct_object(node, deep=True)
