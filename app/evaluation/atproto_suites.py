"""The AT Protocol's own tests of rich text (facets, blank lines, lengths, segments) and of names."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app.channels.blank_lines import without_blank_lines
from app.channels.bluesky.facets import Facet, FacetKind, facets_in
from app.channels.bluesky.segments import segments
from app.channels.bluesky.syntax import is_did, is_handle
from app.channels.counting import graphemes, utf8_bytes
from app.evaluation.conformance_cases import Case, SuiteResult, judged
from app.evaluation.jsonl import UnusableFile
from app.evaluation.typescript_tables import array_after, cases_in, strings_after

SPAN = re.compile(r"byteStart: (\d+), byteEnd: (\d+)|byteEnd: (\d+),\s+byteStart: (\d+)")
LENGTHS = re.compile(r"rt\.length\).toBe\((\d+)\)\s+expect\(rt\.graphemeLength\)\.toBe\((\d+)\)")
TAGS_BY_BYTES = "{ byteStart: number; byteEnd: number }[],\n    ][] = ["
MOVING = "moving facets while a text is edited (insert, delete): ours are found in the final text"
OLD_ENTITIES = "turning the old form, entities, into facets: we never had them"
SYNTAX: dict[str, Callable[[str], bool]] = {"handle": is_handle, "did": is_did}


def atproto_suites(rich_text: Path, syntax: Path) -> Iterator[SuiteResult]:
    """Raises `UnusableFile` when a file is missing or not what it was."""
    detection = _read(rich_text / "rich-text-detection.test.ts")
    yield judged("AT Protocol mentions and links", _detected(detection))
    for name, keep in (("tags", lambda tag: True), ("cashtags", lambda tag: tag.startswith("$"))):
        start = detection.index(f"correctly detects {name} inline")
        rows = array_after(detection, TAGS_BY_BYTES, start=start)
        yield judged(f"AT Protocol {name}", _tagged(rows, keep))
    yield judged("AT Protocol blank lines", _cleaned(_read(rich_text / "rich-text-sanitization.test.ts")))
    text = _read(rich_text / "rich-text.test.ts")
    yield judged("AT Protocol lengths", _measured(text))
    yield judged("AT Protocol segments", _segmented(text), left_out=(MOVING, OLD_ENTITIES))
    for kind, check in SYNTAX.items():
        yield judged(f"AT Protocol {kind} syntax", _named(syntax, kind, check))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise UnusableFile(f"{path} cannot be read. It is a test file of the AT Protocol.") from error


def _detected(source: str) -> Iterator[Case]:
    inputs = array_after(source, "const inputs = [")
    outputs = array_after(source, "const outputs: string[][][] = [")
    for text, expected in zip(inputs, outputs, strict=True):
        facets = {(facet.byte_start, facet.byte_end): facet for facet in facets_in(text)}
        found = [
            [part.text, _target(facets[part.span])] if part.span else [part.text]
            for part in segments(text, list(facets))
        ]
        yield Case(text, found, expected)


def _target(facet: Facet) -> str:
    return f"did:fake:{facet.value}" if facet.kind is FacetKind.MENTION else facet.value


def _tagged(rows: list[Any], keep: Callable[[str], bool]) -> Iterator[Case]:
    for text, tags, places in rows:
        facets = [one for one in facets_in(text) if one.kind is FacetKind.TAG and keep(one.value)]
        found = [one.value for one in facets], [_place(one) for one in facets]
        yield Case(text, found, (tags, places))


def _place(facet: Facet) -> dict[str, int]:
    return {"byteStart": facet.byte_start, "byteEnd": facet.byte_end}


def _cleaned(source: str) -> Iterator[Case]:
    for name, body in cases_in(source):
        texts = strings_after(body, "text:")
        if not texts:
            continue  # the text is built by code; its expectations stand in the case before it
        cleaned = strings_after(body, "expect(String(output.unicodeText)).toEqual(")
        yield Case(name, without_blank_lines(texts[0]), cleaned[0] if cleaned else texts[0])


def _measured(source: str) -> Iterator[Case]:
    body = dict(cases_in(source))["calculates bytelength and grapheme length correctly"]
    sizes = LENGTHS.findall(body)
    for text, expected in zip(strings_after(body, "text:"), sizes, strict=True):
        yield Case(text, (utf8_bytes(text), graphemes(text)), (int(expected[0]), int(expected[1])))


def _segmented(source: str) -> Iterator[Case]:
    part = source[source.index("describe('RichText#segments'") :]
    for name, body in cases_in(part):
        given, told, expected = body.partition(".toEqual([")
        if not told or "segments()" not in given:
            continue  # checks what the record's objects are called, not where they stand
        text = strings_after(given, "text:")[0]
        found = [(one.text, one.span) for one in segments(text, _spans(given))]
        yield Case(name, found, _expected_segments(expected))


def _expected_segments(source: str) -> list[tuple[str, tuple[int, int] | None]]:
    pieces = source.split("text:")[1:]
    spans = [next(iter(_spans(piece)), None) for piece in pieces]
    return list(zip(strings_after(source, "text:"), spans, strict=True))


def _spans(source: str) -> list[tuple[int, int]]:
    return [
        (int(start or late_start), int(end or late_end))
        for start, end, late_end, late_start in SPAN.findall(source)
    ]


def _named(folder: Path, kind: str, check: Callable[[str], bool]) -> Iterator[Case]:
    for file, expected in (("valid", True), ("invalid", False)):
        for line in _read(folder / f"{kind}_syntax_{file}.txt").split("\n"):
            if line and not line.startswith("#"):
                yield Case(f"{file}: {line}", check(line), expected)
