"""What only the screening team may read: how it is written down before it is sealed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules.refusals import ScreeningRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

__all__ = ["KEPT_KIND", "KEPT_VERSION", "KeptUnreadable", "read_kept", "written_kept"]

KEPT_KIND, KEPT_VERSION = "screening.kept", 1
"""Under which the vault binds them; the record is the case."""


class KeptUnreadable(ScreeningRefused):
    """What is sealed cannot be opened, or is not what it should be."""


def written_kept(row: UUID, texts: Mapping[str, str]) -> bytes:
    """Write texts down for sealing, with the row that they belong to."""
    return json.dumps({"row": str(row), "texts": dict(texts)}, ensure_ascii=False).encode()


def read_kept(content: bytes, row: UUID) -> dict[str, str]:
    """Read what was opened. Raises `KeptUnreadable` where it belongs to another row."""
    told = json.loads(content)
    if told["row"] != str(row):
        raise KeptUnreadable("kept: what was sealed for one row stands in another; it is not shown")
    return dict(told["texts"])
