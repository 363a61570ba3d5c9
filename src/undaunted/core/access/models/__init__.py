"""The base of every protected table, and the SQL that protects it."""

from undaunted.core.access.models.protection import Protected, open_reference, protect, publish

__all__ = ["Protected", "open_reference", "protect", "publish"]
