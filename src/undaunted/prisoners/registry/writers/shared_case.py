"""A shared case as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undaunted.prisoners.registry.rules.shared_case import SharedCase

__all__ = ["write_case"]


def write_case(case: SharedCase) -> bytes:
    """Give the bytes, the same for the same case."""
    return json.dumps(
        asdict(case), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()
