"""Long proofs: what the journeys show briefly, at length. Their last figures stand in docs/proofs.md."""
