"""Sanctions over the wire; all of it is public."""

from undaunted.repression.sanctions.api.matrix import router

__all__ = ["router"]
