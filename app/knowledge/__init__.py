"""The FAQ: entries, versions, variants, import from kb/."""
