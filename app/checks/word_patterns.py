"""Lists of words and of patterns that checks look for, kept as data in patterns/."""

import re
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

FOLDER = Path(__file__).with_name("patterns")


class PatternFile(BaseModel):
    """Each list is tried as alternatives; <name> in a pattern stands for the alternatives of that part."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    parts: dict[str, list[str]] = {}
    patterns: dict[str, list[str]]


@lru_cache(maxsize=16)
def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """The compiled patterns of that file. They are meant for folded text."""
    file = PatternFile.model_validate(yaml.safe_load(_text(name)))
    parts = {f"<{part}>": f"(?:{'|'.join(words)})" for part, words in file.parts.items()}
    return {key: re.compile(_filled("|".join(lines), parts)) for key, lines in file.patterns.items()}


@lru_cache(maxsize=16)
def word_lists(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of words of that file."""
    return TypeAdapter(dict[str, tuple[str, ...]]).validate_python(yaml.safe_load(_text(name)))


def _text(name: str) -> str:
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


def _filled(pattern: str, parts: dict[str, str]) -> str:
    for part, alternatives in parts.items():
        pattern = pattern.replace(part, alternatives)
    return pattern
