"""Request in, HTML out."""
