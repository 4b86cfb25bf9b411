"""The SOP's standing rules: which words in a message or a draft ask for whose signature, and why.

Words are found in any dress (checks/folding.py): neither case nor accents, hidden characters or look-alike
letters get a text past a rule.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.checks.phrases import Phrases, tokens
from app.core.errors import NotFound
from app.sop.rule_files import Example, Rule, read_rules


@dataclass(frozen=True)
class Asked:
    """One rule that asks for a signature, and the words that made it ask."""

    rule_id: str
    role: str
    reason: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class FailedExample:
    """An example that a rule does not keep."""

    rule_id: str
    text: str
    asks: bool  # what the example says; the rule did the opposite


class RuleSet:
    """Rules that were read and checked, in their order."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._phrases = {rule.id: Phrases(rule.words) for rule in rules}

    def asked_by(self, message: str, draft: str) -> list[Asked]:
        """The rules whose words stand in a part they look at. Linear time on any text."""
        in_message, in_draft = tokens(message), tokens(draft)
        asked = []
        for rule in self.rules:
            words = self._found(rule, in_message, in_draft)
            if words:
                asked.append(Asked(rule.id, rule.role.value, rule.reason, words))
        return asked

    def _found(self, rule: Rule, in_message: list[str], in_draft: list[str]) -> tuple[str, ...]:
        phrases = self._phrases[rule.id]
        found = phrases.found_in(in_message) if "message" in rule.parts else ()
        if "draft" in rule.parts:
            found += phrases.found_in(in_draft)
        return tuple(dict.fromkeys(found))

    def digest_of(self, rule_ids: Iterable[str]) -> str:
        """A sha256 over what just these rules say. Examples prove a rule and are no part of it."""
        wanted = set(rule_ids)
        unknown = wanted - {rule.id for rule in self.rules}
        if unknown:
            raise NotFound(f"There is no SOP rule {min(unknown)}.")
        content = [
            {
                "id": rule.id,
                "role": rule.role.value,
                "reason": rule.reason,
                "in": sorted(rule.parts),
                "words": sorted(rule.words),
            }
            for rule in sorted(self.rules, key=lambda rule: rule.id)
            if rule.id in wanted
        ]
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def load_rules(folder: Path) -> RuleSet:
    """The rules of kb/sop. Raises `BadRuleFile` with file, line and rule."""
    return RuleSet(read_rules(folder))


def run_examples(rules: RuleSet) -> list[FailedExample]:
    """The examples that their own rule does not keep; none if all is well."""
    return [
        FailedExample(rule.id, example.message or example.draft or "", example.asks)
        for rule in rules.rules
        for example in rule.examples
        if _asks(rules, rule, example) is not example.asks
    ]


def _asks(rules: RuleSet, rule: Rule, example: Example) -> bool:
    asked = rules.asked_by(example.message or "", example.draft or "")
    return rule.id in {one.rule_id for one in asked}
