"""Screening over the wire."""
