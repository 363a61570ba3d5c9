"""What is left of material: its words are marked as old, or its bytes are destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from undaunted.prisoners.campaigns.models import Material

__all__ = ["destroy_rows", "mark_old"]


def destroy_rows(rows: QuerySet[Material], why: str, at: datetime) -> int:
    """Destroy the bytes, the name and the tie to the person; checksum and day stay."""
    return rows.filter(withdrawn_at__isnull=True).update(
        content=None,
        subject=None,
        case=None,
        name="",
        alternative="",
        withdrawn_at=at,
        withdrawn_why=why,
    )


def mark_old(rows: QuerySet[Material], at: datetime) -> int:
    """Mark what was written with other words; nobody is handed it until it is written anew."""
    return rows.filter(withdrawn_at__isnull=True, stale_at__isnull=True).update(
        stale_at=at, approved_at=None, approved_by=None
    )
