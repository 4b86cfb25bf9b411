"""Strict YAML: a few known fields, each a text, a list of texts or a date, and the line of each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import yaml

from app.knowledge.problems import ProblemList
from app.knowledge.text_files import INVISIBLE

TEXT_TAG = "tag:yaml.org,2002:str"


@dataclass(frozen=True)
class Line:
    """A text and where it stands."""

    text: str
    number: int


class Fields:
    """The fields of one YAML mapping. Each is asked for once; what is wrong goes to the problems."""

    def __init__(self, nodes: dict[str, yaml.Node], first_line: int, problems: ProblemList) -> None:
        self._nodes = nodes
        self._first_line = first_line
        self._problems = problems

    def line(self, name: str) -> int:
        node = self._nodes.get(name)
        return self._first_line if node is None else self._line_of(node)

    def text(self, name: str, *, longest: int) -> str:
        """The field's text; empty when it is missing or wrong."""
        node = self._nodes.get(name)
        return "" if node is None else self._text_of(node, name, longest)

    def texts(self, name: str, *, longest: int, most: int) -> list[Line]:
        node = self._nodes.get(name)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self._problems.add(self._line_of(node), f"“{name}” must be a list, one “- ” line for each text.")
            return []
        if len(node.value) > most:
            self._problems.add(
                self._line_of(node), f"“{name}” holds more than {most}. Keep the most telling."
            )
            return []
        return [Line(self._text_of(item, name, longest), self._line_of(item)) for item in node.value]

    def day(self, name: str) -> date:
        """The field's date; the earliest date there is when it is missing or wrong."""
        node = self._nodes.get(name)
        if node is None:
            return date.min
        try:
            return date.fromisoformat(node.value if isinstance(node, yaml.ScalarNode) else "")
        except ValueError:
            self._problems.add(self._line_of(node), f"“{name}” must be a date such as 2026-11-30.")
            return date.min

    def _text_of(self, node: yaml.Node, name: str, longest: int) -> str:
        fault = _fault(node, longest)
        if fault:
            self._problems.add(self._line_of(node), f"“{name}” {fault}")
            return ""
        return " ".join(str(node.value).split())

    def _line_of(self, node: yaml.Node) -> int:
        return self._first_line + int(node.start_mark.line)


def read_fields(source: str, first_line: int, names: Collection[str], problems: ProblemList) -> Fields:
    """The mapping in that YAML, which holds exactly these names."""
    nodes: dict[str, yaml.Node] = {}
    pairs = _pairs(source, first_line, problems)
    for key, value in pairs or []:
        line = first_line + int(key.start_mark.line)
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        if name not in names:
            problems.add(line, f"The field “{name}” is not known. Use {', '.join(names)}.")
        elif name in nodes:
            problems.add(line, f"The field “{name}” stands here twice. Remove one.")
        else:
            nodes[name] = value
    if pairs is not None:
        for name in names:
            if name not in nodes:
                problems.add(first_line, f"The field “{name}” is missing. Add it.")
    return Fields(nodes, first_line, problems)


def _pairs(source: str, first_line: int, problems: ProblemList) -> list[tuple[yaml.Node, yaml.Node]] | None:
    """The mapping's keys and values; None, with the problem added, when there is no mapping."""
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        problems.add(line, f"This is not valid YAML ({error.problem}). Put text that holds : or # in quotes.")
        return None
    except (yaml.YAMLError, RecursionError):
        problems.add(first_line, "This is not valid YAML. Compare it with another entry.")
        return None
    if not isinstance(node, yaml.MappingNode):
        problems.add(first_line, "Here must stand fields, one on each line, such as “owner: gatekeeper”.")
        return None
    return list(node.value)


def _fault(node: yaml.Node, longest: int) -> str | None:
    """What is wrong with a value that must be a text of one line."""
    if not isinstance(node, yaml.ScalarNode):
        return "must be a text. Put it in quotes."
    if not node.value.strip():
        return "is empty. Fill it in."
    if node.tag != TEXT_TAG:
        return f"must be a text, but YAML reads {node.value[:40]} as something else. Put it in quotes."
    if INVISIBLE.search(node.value):
        return "holds an invisible character. Remove it."
    if len(node.value) > longest:
        return f"has {len(node.value):,} characters, more than {longest:,}. Shorten it."
    return None
