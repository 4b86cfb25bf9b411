"""The append-only, hash-chained record of decisions."""
