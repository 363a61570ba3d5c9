"""Small tables of stakes, written as they would be said."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from undaunted.engines.ownership import (
    ALWAYS,
    NEVER,
    WHOLE,
    PartyKind,
    Register,
    Right,
    Stakes,
    deciding,
    flowing,
    gather_stakes,
    held,
    narrowing,
    ordering,
    spreading,
    walking,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HELD", "interpreted", "table"]

HELD = Right.EQUITY
LOOPS = (walking, deciding, narrowing, spreading, flowing, held, ordering)


def table(
    *rows: tuple[Any, ...], kinds: dict[str, PartyKind] | None = None, source: str = "list"
) -> Stakes:
    """Make stakes of rows: owner, owned, share or (lowest, highest), then right, from, to."""
    register = Register()
    columns: dict[str, list[int]] = {
        name: [] for name in ("owner", "owned", "lo", "hi", "right", "valid_from", "valid_to")
    }
    for owner, owned, share, *rest in rows:
        lowest, highest = share if isinstance(share, tuple) else (share, share)
        right, begins, ends = [*rest, None, None, None][:3]
        values = (
            register.number(str(owner)),
            register.number(str(owned)),
            round(float(lowest) * WHOLE),
            round(float(highest) * WHOLE),
            HELD if right is None else right,
            begins.toordinal() if isinstance(begins, date) else ALWAYS,
            ends.toordinal() if isinstance(ends, date) else NEVER,
        )
        for name, value in zip(columns, values, strict=True):
            columns[name].append(value)
    for name, kind in (kinds or {}).items():
        register.number(name, kind)
    named = {name: np.array(values, np.int64) for name, values in columns.items()}
    return gather_stakes(register.parties(), named, (source,))


@contextmanager
def interpreted() -> Iterator[None]:
    """Run the loops as Python, line by line, in place of what was compiled."""
    with pytest.MonkeyPatch.context() as patch:
        for module in LOOPS:
            for name, loop in vars(module).items():
                if hasattr(loop, "py_func"):
                    patch.setattr(module, name, loop.py_func)
        yield
