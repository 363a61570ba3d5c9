"""How something is written down before it is sealed to the parties: bound to its row and kind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from undaunted.repression.coordination.rules.limits import shown_text
from undaunted.repression.coordination.rules.refusals import SealUnreadable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

__all__ = ["PETITION_KIND", "SEAT_KIND", "VERSION", "read_sealed", "written_sealed"]

SEAT_KIND, PETITION_KIND, VERSION = "coordination.seat", "coordination.petition", 1
"""Under which the vault binds them."""


def written_sealed(row: UUID, kind: str, told: Mapping[str, object]) -> bytes:
    """Write down what a row says, with the row and the kind that it belongs to."""
    content = {"row": str(row), "kind": kind, "told": dict(told)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()


def read_sealed(content: bytes, row: UUID, kind: str) -> dict[str, object]:
    """Read what was opened, as it can be shown: a partner elsewhere may have written it.

    Raises `SealUnreadable` where it was sealed for something else.
    """
    try:
        held = json.loads(content)
        bound, told = (held["row"], held["kind"]), held["told"]
    except (ValueError, KeyError, TypeError):
        raise SealUnreadable(
            "sealed: it is not what this platform writes; it is not shown"
        ) from None
    if bound != (str(row), kind) or not isinstance(told, dict):
        raise SealUnreadable(
            "sealed: what was sealed for one row stands in another; it is not shown"
        )
    return {str(name): _shown(value) for name, value in told.items()}


def _shown(value: object) -> object:
    if isinstance(value, list):
        return [_shown(each) for each in value]
    return shown_text(value) if isinstance(value, str) else value
