"""Posting against a real sandbox network that misbehaves."""
