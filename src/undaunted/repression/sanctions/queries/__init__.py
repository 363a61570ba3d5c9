"""Reads of lists as the matrix and the authorities ask them."""

from undaunted.repression.sanctions.queries.designations import (
    designations_of,
    entries_named,
    entries_unknown,
    list_read,
    parties_known,
)
from undaunted.repression.sanctions.queries.matrix import held_versions

__all__ = [
    "designations_of",
    "entries_named",
    "entries_unknown",
    "held_versions",
    "list_read",
    "parties_known",
]
