"""Reads of lists as the matrix asks them."""

from undaunted.repression.sanctions.queries.matrix import held_versions

__all__ = ["held_versions"]
