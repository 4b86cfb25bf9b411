"""The start of a text, where the whole would be too much."""

LONGEST = 100


def excerpt(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"
