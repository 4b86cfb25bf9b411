"""Rules about signs: emoji, exclamation marks, repeated punctuation, capitals, links, hashtags."""

import re
from collections.abc import Iterator

import regex

from app.channels.x.emoji import EMOJI
from app.checks.voice_lint.reading import Reading, Violation
from app.checks.voice_lint.rules import VoiceRules

EMOTICON = regex.compile(r"(?<!\S)(?:[:;=]-?[)(DPp/|]|<3|\^\^|xD)(?=[\s.,!?]|$)")
EXCLAMATION = re.compile(r"[!！¡‼⁉]")  # noqa: RUF001 -- every exclamation mark there is
REPEATED = re.compile(r"[!?！？]{2,}|(?<!\.)\.\.(?!\.)|\.{4,}|,{2,}|…{2,}|-{3,}|[‼⁉]")  # noqa: RUF001
HASHTAG = re.compile(r"(?<![\w&/])#\w*[^\W\d_]\w*")
IN_CAPITALS = re.compile(r"(?<![\w@#&'’-])[^\W\d_]{2,}(?![\w@'’-])")  # noqa: RUF001
LONG_ENOUGH = 3  # letters; a shorter one shouts only beside another


def emoji(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    if rules.emoji_most is None:
        return
    found = sorted(
        [match.span() for match in EMOJI.finditer(read.prose)]
        + [match.span() for match in EMOTICON.finditer(read.prose)]
    )
    for number, (start, end) in enumerate(found):
        shown = read.text[start:end]
        if number >= rules.emoji_most:
            advice = f"Remove {shown}: {_most(rules.emoji_most, 'emoji', 'emoji')} may stand here."
            yield read.violation("emoji", start, end, advice)
        elif rules.emoji_allowed and shown not in rules.emoji_allowed:
            advice = f"Use one of {' '.join(rules.emoji_allowed)} instead of {shown}."
            yield read.violation("emoji", start, end, advice)


def exclamation_marks(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    if rules.exclamation_most is None:
        return
    found = list(EXCLAMATION.finditer(read.prose))
    for match in found[rules.exclamation_most :]:
        allowed = _most(rules.exclamation_most, "exclamation mark", "exclamation marks")
        yield read.violation(
            "exclamation_marks",
            *match.span(),
            f"End the sentence with a full stop: {allowed} may stand here.",
        )


def repeated_punctuation(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    if rules.repeated_punctuation:
        return
    for match in REPEATED.finditer(read.prose):
        yield read.violation(
            "repeated_punctuation", *match.span(), f"Use one sign instead of {match.group()[:10]}."
        )


def shouting(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    if rules.shouting:
        return
    known = {word.casefold() for word in rules.capitals}
    found = [
        match
        for match in IN_CAPITALS.finditer(read.prose)
        if match.group().isupper() and match.group().casefold() not in known
    ]
    for index, match in enumerate(found):
        neighbours = found[max(index - 1, 0) : index] + found[index + 1 : index + 2]
        beside = any(_touch(read.prose, match.span(), other.span()) for other in neighbours)
        if len(match.group()) >= LONG_ENOUGH or beside:
            yield read.violation(
                "shouting", *match.span(), f"Write “{match.group()[:40]}” in small letters: capitals shout."
            )


def links(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    if rules.links_most is None:
        return
    for span in read.links[rules.links_most :]:
        allowed = _most(rules.links_most, "link", "links")
        yield read.violation("links", span.start, span.end, f"Leave out this link: {allowed} may stand here.")


def hashtags(read: Reading, rules: VoiceRules) -> Iterator[Violation]:
    if rules.hashtags_most is None:
        return
    for match in list(HASHTAG.finditer(read.prose))[rules.hashtags_most :]:
        allowed = _most(rules.hashtags_most, "hashtag", "hashtags")
        yield read.violation(
            "hashtags", *match.span(), f"Leave out {match.group()[:40]}: {allowed} may stand here."
        )


def _most(number: int, one: str, several: str) -> str:
    if number == 0:
        return f"no {one}"
    return f"at most 1 {one}" if number == 1 else f"at most {number} {several}"


def _touch(prose: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    first, second = sorted((one, other))
    return prose[first[1] : second[0]].isspace()
