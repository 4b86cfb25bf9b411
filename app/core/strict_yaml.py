"""YAML files that must be exactly what their model says: nothing missing, nothing more, nothing twice."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from app.core.errors import InvalidInput

M = TypeVar("M", bound=BaseModel)


class _NoDuplicates(yaml.SafeLoader):
    """PyYAML lets the last of two equal keys win, and the first is lost without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


def read_strict(path: Path, model: type[M]) -> M:
    """The file as that model. Raises `InvalidInput` naming the file and what is wrong with it."""
    try:
        return model.model_validate(yaml.load(path.read_bytes(), _NoDuplicates))  # noqa: S506 -- a SafeLoader
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise InvalidInput(f"{path.name} cannot be used: {error}") from error
