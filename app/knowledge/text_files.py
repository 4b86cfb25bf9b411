"""Reading text that people wrote with any editor: UTF-8 only, and nothing invisible in it."""

import re
from pathlib import Path

from app.knowledge.problems import ProblemList

LARGEST_FILE = 200_000  # bytes

# Control characters but tab and line feed, lone surrogates, and marks that turn the direction of reading:
# a YAML escape can bring in what the file itself does not hold.
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")


def read_text(file: Path, problems: ProblemList) -> str | None:
    """The file's text with plain line ends, or None with the problem added."""
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        problems.add(1, f"This file cannot be read ({error.strerror}). Check its permissions.")
        return None
    if size > LARGEST_FILE:
        problems.add(1, f"The file is longer than {LARGEST_FILE:,} bytes. Shorten it or split the entry.")
        return None
    if content.startswith(b"\xef\xbb\xbf"):
        problems.add(1, "The file begins with a byte order mark. Save it as UTF-8 without one.")
        return None
    return _decode(content, problems)


def _decode(content: bytes, problems: ProblemList) -> str | None:
    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.add(line, "This line is not UTF-8. Save the file as UTF-8.")
        return None
    for number, row in enumerate(text.split("\n"), start=1):
        if hidden := INVISIBLE.search(row):
            problems.add(number, f"This line holds an invisible character, {_name(hidden)}. Remove it.")
    return None if problems.found else text


def _name(hidden: re.Match[str]) -> str:
    return f"U+{ord(hidden.group()):04X}"
