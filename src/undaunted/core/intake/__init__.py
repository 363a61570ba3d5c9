"""What arrives from outside, sealed; it becomes events, cases and requests."""
