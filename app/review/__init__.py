"""Queue, policy, fingerprints, sign-offs."""
