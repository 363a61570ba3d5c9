"""Screening's door to the engine of ownership."""
