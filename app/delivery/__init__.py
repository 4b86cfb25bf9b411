"""The only sender."""
