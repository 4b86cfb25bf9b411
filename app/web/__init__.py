"""Pages: one route file per resource."""
