"""Drafts and their revisions; the two strategies that write them."""
