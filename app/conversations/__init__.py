"""Brands, accounts, contacts, conversations, messages, outcomes."""
