"""Marking rows with the instance's secret, and refusing rows without its mark."""

from __future__ import annotations

from django.conf import settings

from undaunted.core.vault.rules import UnvouchedRow, is_vouched, vouched

__all__ = ["mark", "require_mark"]


def mark(what: str, *facts: object) -> bytes:
    """Give this instance's mark for a row."""
    return vouched(settings.SECRET_KEY, what, *facts)


def require_mark(given: bytes | memoryview, what: str, *facts: object) -> None:
    """Raise `UnvouchedRow` unless this instance wrote the row."""
    if not is_vouched(bytes(given), settings.SECRET_KEY, what, *facts):
        raise UnvouchedRow(f"this row of the vault was not written by this instance: {what}")
