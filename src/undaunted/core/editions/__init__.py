"""Frozen publications: gathered once, written, signed, published by two people, withdrawn."""

__all__: list[str] = []
