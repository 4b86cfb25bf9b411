"""Settings, database, clock, errors, jobs, embedded services."""
