"""Reads of lists as the matrix and the authorities ask them."""

from undaunted.repression.sanctions.queries.designations import (
    designated_days,
    entries_named,
    list_read,
)
from undaunted.repression.sanctions.queries.matrix import held_versions

__all__ = [
    "designated_days",
    "entries_named",
    "held_versions",
    "list_read",
]
