"""Crises and mass problems, and the conversations they touch."""
