"""Reads of lists for authorities: which version counts, and who was designated when."""

from undaunted.repression.sanctions.queries.designations import (
    designated_days,
    entries_named,
    list_read,
)

__all__ = ["designated_days", "entries_named", "list_read"]
