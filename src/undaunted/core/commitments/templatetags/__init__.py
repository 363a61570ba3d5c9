"""Template tags of commitments."""
