"""The ways networks count a text, apart from X's own (x/counting.py). None fails on any string."""

import regex

GRAPHEME = regex.compile(r"\X")
FLAG = regex.compile(r"\p{Regional_Indicator}{1,2}+")


def code_points(text: str) -> int:
    return len(text)


def graphemes(text: str) -> int:
    r"""What a person calls one character: a letter with its marks, a whole emoji.

    Flags become a letter first, which joins its neighbours in the same way: `\X` takes quadratic time on a
    run of them, seconds for a long one.
    """
    return sum(1 for _ in GRAPHEME.finditer(FLAG.sub("a", text)))


def utf16_units(text: str) -> int:
    """As JavaScript and Java count; a character outside the basic plane counts 2."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8_bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
