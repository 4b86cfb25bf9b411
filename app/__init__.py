"""Sayso: drafts a brand's replies to its customers, and sends nothing without somebody's say-so."""
