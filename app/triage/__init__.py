"""Draft or person: the first judgement of a message."""
