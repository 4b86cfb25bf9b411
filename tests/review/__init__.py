"""Policy, signatures, edits and the queue on a real database."""
