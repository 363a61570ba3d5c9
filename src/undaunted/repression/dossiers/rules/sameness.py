"""Whether two compositions tell the same: one digest of all that a paper tells.

Bytes of a file change with the tool that sets it; what is told does not. So a paper that waits for
release is composed anew and compared by this, and not by its files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any
from uuid import UUID

__all__ = ["digest_of_told"]


def digest_of_told(*told: object) -> str:
    """Give a SHA-256 of what is told, in hexadecimal; sets and mappings count in any order.

    Raises `TypeError` for what has no plain form.
    """
    return hashlib.sha256(_text(told).encode()).hexdigest()


def _text(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(told: Any) -> Any:  # noqa: ANN401 - whatever a paper is made of
    if is_dataclass(told):
        return {each.name: getattr(told, each.name) for each in fields(told)}
    if isinstance(told, Mapping):
        return {str(key): value for key, value in told.items()}
    if isinstance(told, AbstractSet):
        return sorted(_text(each) for each in told)
    if isinstance(told, date | UUID):
        return str(told)
    raise TypeError(f"{type(told).__name__} has no plain form")
