"""A text in passages short enough to be judged alone, so that the rest of the text does not count."""

import re

END = re.compile(r"(?<=[.!?\u2026:])[\"'\u201d\u2019)*]*\s+|\n+|(?<=[a-z][.!?])(?=[A-Z])")
SHORTEST = 24  # characters; what is shorter is read with what follows
LONGEST = 240
MOST = 240  # passages; of a longer text the beginning and the end are read


def passages(text: str) -> list[str]:
    """Consecutive parts of the text, each as it stands there."""
    cut = [part for piece in _pieces(text) for part in _shortened(text, *piece)]
    if len(cut) <= MOST:
        return cut
    return cut[: MOST * 3 // 4] + cut[-MOST // 4 :]


def _pieces(text: str) -> list[tuple[int, int]]:
    """From where to where each sentence goes, short ones joined with the next."""
    pieces: list[tuple[int, int]] = []
    start = 0
    for end in (*(match.end() for match in END.finditer(text)), len(text)):
        if end - start >= SHORTEST or (end == len(text) and not pieces):
            pieces.append((start, end))
            start = end
    if start < len(text) and pieces:  # a short rest belongs to what stands before it
        pieces[-1] = (pieces[-1][0], len(text))
    return pieces


def _shortened(text: str, start: int, end: int) -> list[str]:
    parts = []
    while end - start > LONGEST:
        blank = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = blank if blank > 0 else start + LONGEST
        parts.append(text[start:cut].strip())
        start = cut
    return [part for part in (*parts, text[start:end].strip()) if part]
