"""Findings about any text: length, links, facts, private data."""
