"""People, roles, standing, sign-in data."""
