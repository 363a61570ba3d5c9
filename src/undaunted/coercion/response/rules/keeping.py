"""What a government keeps to itself: how it is written down before it is sealed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from undaunted.coercion.response.rules.refusals import KeptUnreadable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

__all__ = ["KEPT_KIND", "KEPT_VERSION", "read_kept", "written_kept"]

KEPT_KIND, KEPT_VERSION = "response.kept", 1
"""Under which the vault binds them; the record is the membership of the government."""


def written_kept(row: UUID, texts: Mapping[str, str]) -> bytes:
    """Write texts down for sealing, with the row that they belong to."""
    return json.dumps({"row": str(row), "texts": dict(texts)}, ensure_ascii=False).encode()


def read_kept(content: bytes, row: UUID) -> dict[str, str]:
    """Read what was opened. Raises `KeptUnreadable` where it belongs to another row."""
    told = json.loads(content)
    if told["row"] != str(row):
        raise KeptUnreadable("kept: what was sealed for one row stands in another; it is not shown")
    return dict(told["texts"])
