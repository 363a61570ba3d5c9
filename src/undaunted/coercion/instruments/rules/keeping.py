"""The confidential version of a document: how it is written down before it is sealed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.rules.refusals import InstrumentRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

__all__ = ["KEPT_KIND", "KEPT_VERSION", "KeptUnreadable", "read_kept", "written_kept"]

KEPT_KIND, KEPT_VERSION = "instruments.kept", 1
"""Under which the vault binds them; the record is the proceeding."""


class KeptUnreadable(InstrumentRefused):
    """What is confidential cannot be opened, or is not what was sealed there."""


def written_kept(row: UUID, texts: Mapping[str, str]) -> bytes:
    """Write texts down for sealing, with the row that they belong to."""
    return json.dumps({"row": str(row), "texts": dict(texts)}, ensure_ascii=False).encode()


def read_kept(content: bytes, row: UUID) -> dict[str, str]:
    """Read what was opened. Raises `KeptUnreadable` where it belongs to another row."""
    told = json.loads(content)
    if told["row"] != str(row):
        raise KeptUnreadable("kept: what was sealed for one row stands in another; it is not shown")
    return dict(told["texts"])
