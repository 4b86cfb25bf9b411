"""Each brand's own codes, from prompts/codes/<brand>.yaml: strictly read, and never slow on any text.

A pattern is a row of letters, digits, spaces, hyphens, `\\d` and classes such as `[A-Z0-9]`, each perhaps
with `?`, `{6}` or `{4,8}`. There are no groups, alternatives and endless repeats, and only two parts may
vary in length: no text makes such a pattern take long.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.core.settings import CHECKOUT
from app.core.strict_yaml import read_strict

FOLDER = CHECKOUT / "prompts" / "codes"
LONGEST = 40
MOST_VARYING = 2
ATOM = re.compile(
    r"(?:\[(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9])+\]|\\d|[A-Za-z0-9 \-])(?:\?|\{(\d{1,2})(?:,(\d{1,2}))?\})?"
)


def _is_bounded(pattern: str) -> str:
    place = longest = shortest = varying = 0
    while place < len(pattern):
        atom = ATOM.match(pattern, place)
        if atom is None:
            raise ValueError(
                f"{pattern[place:]!r} is not allowed: only characters, \\d, classes, ? and {{n,m}}"
            )
        most = int(atom[2] or atom[1] or 1)
        least = 0 if atom.group().endswith("?") else int(atom[1] or 1)
        longest, shortest, varying = longest + most, shortest + least, varying + (most != least)
        place = atom.end()
    if not 4 <= shortest <= longest <= LONGEST or varying > MOST_VARYING:
        raise ValueError(
            f"a code has 4 to {LONGEST} characters, and at most {MOST_VARYING} parts of it vary in length"
        )
    try:
        re.compile(pattern)
    except re.error as error:  # a class such as [9-0]
        raise ValueError(f"{pattern!r} is no pattern: {error}") from error
    return pattern


class Code(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    pattern: Annotated[str, AfterValidator(_is_bounded)]
    example: str

    def compiled(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![^\W_]){self.pattern}(?![^\W_])", re.IGNORECASE)


class CodeFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    brand: str = Field(min_length=1)
    codes: tuple[Code, ...]


def read_codes(path: Path) -> list[re.Pattern[str]]:
    """The patterns of that file. Raises `InvalidInput` for what is unsafe or misses its own example."""
    file = read_strict(path, _Checked)
    return [code.compiled() for code in file.codes]


class _Checked(CodeFile):
    def model_post_init(self, context: object) -> None:
        for code in self.codes:
            if not code.compiled().fullmatch(code.example):
                raise ValueError(f"{code.name}: the pattern does not match its own example {code.example!r}")


@lru_cache(maxsize=1)
def known_codes() -> tuple[re.Pattern[str], ...]:
    """The codes of all brands together, read once per process: customers mix them up."""
    return tuple(pattern for path in sorted(FOLDER.glob("*.yaml")) for pattern in read_codes(path))
