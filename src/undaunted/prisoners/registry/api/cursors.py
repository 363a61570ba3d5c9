"""Where a page of a list that begins with the newest ended, as a text for programs."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from uuid import UUID

from undaunted.site.instants import in_utc
from undaunted.site.problems import Unusable

__all__ = ["read_cursor", "write_cursor"]


def write_cursor(at: datetime, last: UUID) -> str:
    """Give the cursor of what stands behind the row with this time and this id."""
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{last}".encode()).decode()


def read_cursor(cursor: str) -> tuple[datetime, UUID]:
    """Give the time and the id of a cursor as it was written. Raises `Unusable`."""
    try:
        at, _, last = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        read, identity = in_utc(datetime.fromisoformat(at)), UUID(last)
    except (ValueError, binascii.Error):
        raise Unusable("cursor", "it was not given by this list") from None
    if write_cursor(read, identity) != cursor:
        raise Unusable("cursor", "it was not given by this list")
    return read, identity
