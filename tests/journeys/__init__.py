"""Whole stories over real processes: HTTP in, the sandbox network's ledger out."""
