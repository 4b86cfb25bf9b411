"""How long an internationalised label becomes in the DNS (Punycode, RFC 3492), without building it.

Python's own codec walks the label once per letter, too slow for a text made of such labels.
"""

from bisect import bisect_left, insort

BASE, TMIN, TMAX, SKEW, DAMP = 36, 1, 26, 38, 700
FIRST_BIAS, FIRST_CODE_POINT = 72, 128


def punycode_length(label: str) -> int:
    """The number of characters of the Punycode form, without its xn-- prefix."""
    placed = [position for position, letter in enumerate(label) if letter < "\x80"]
    foreign = sorted((ord(letter), position) for position, letter in enumerate(label) if letter >= "\x80")
    length = len(placed) + bool(placed)
    code_point, index, bias, damp = FIRST_CODE_POINT, 0, FIRST_BIAS, DAMP
    for letter, position in foreign:
        size = len(placed) + 1
        place = bisect_left(placed, position)
        delta = (letter - code_point) * size + place - index
        length += _digits(delta, bias)
        bias = _adapted(delta // damp, size)
        insort(placed, position)
        code_point, index, damp = letter, place + 1, 2
    return length


def _digits(delta: int, bias: int) -> int:
    count, threshold_at = 1, BASE - bias
    while delta >= (threshold := min(max(threshold_at, TMIN), TMAX)):
        delta = (delta - threshold) // (BASE - threshold)
        threshold_at += BASE
        count += 1
    return count


def _adapted(delta: int, size: int) -> int:
    delta += delta // size
    steps = 0
    while delta > (BASE - TMIN) * TMAX // 2:
        delta //= BASE - TMIN
        steps += BASE
    return steps + (BASE - TMIN + 1) * delta // (delta + SKEW)
