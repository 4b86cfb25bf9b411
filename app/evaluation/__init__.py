"""The eval runner."""
