"""How well the lint finds what breaks a voice, on drafts broken on purpose and clean ones."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from app.checks.checked_text import CheckedText
from app.checks.findings import check_text
from app.core.strict_yaml import read_strict
from app.drafting.voice import Voice
from app.drafting.voice_rules import voice_rules

COUNTED = ("banned_words", "public_risk")  # besides every finding that begins with voice_


class Case(BaseModel):
    """A draft, and the rules it breaks; none: it is clean."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    channel: str
    text: str
    breaks: tuple[str, ...] = ()
    made: Literal["person", "composed"] = "person"


class Cases(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    cases: tuple[Case, ...]


@dataclass(frozen=True)
class LintScore:
    recall: float  # of the rules that were broken, how many were named
    precision: float  # of the rules that were named, how many were broken
    missed: tuple[str, ...]  # id and rule
    wrong: tuple[str, ...]  # id and rule


def read_cases(path: Path) -> tuple[Case, ...]:
    return read_strict(path, Cases).cases


def score(cases: tuple[Case, ...], voices: dict[str, Voice]) -> LintScore:
    """`voices` by channel. Every pair of draft and rule counts once."""
    broken = {(case.id, rule) for case in cases for rule in case.breaks}
    named = {(case.id, rule) for case in cases for rule in rules_named(case, voices[case.channel])}
    return LintScore(
        recall=len(broken & named) / len(broken),
        precision=len(broken & named) / len(named),
        missed=tuple(f"{case} {rule}" for case, rule in sorted(broken - named)),
        wrong=tuple(f"{case} {rule}" for case, rule in sorted(named - broken)),
    )


def rules_named(case: Case, voice: Voice) -> set[str]:
    """The rules of the voice that the checks say this draft breaks."""
    checked = CheckedText(
        text=case.text,
        network=case.channel,
        public=case.channel != "email",
        sources=(),
        customer_text="",
        allowed_domains=voice.allowed_domains,
        banned_words=voice.banned_words,
        voice=voice_rules(voice, case.channel, language=voice.language_of(case.text)),
    )
    failed = [found.name for found in check_text(checked) if not found.passed]
    return {name.removeprefix("voice_") for name in failed if name.startswith("voice_") or name in COUNTED}
