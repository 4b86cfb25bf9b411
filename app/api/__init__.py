"""JSON for networks and scripts: intake, decisions, health."""
