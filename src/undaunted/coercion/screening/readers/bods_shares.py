"""Shares of the Beneficial Ownership Data Standard: percentages, exact or between two."""

from __future__ import annotations

from typing import Any

from undaunted.coercion.screening.readers.documents import number_in, text_in
from undaunted.coercion.screening.readers.shares import LEAST, ShareUnreadable, share_of

__all__ = ["span_of"]


def span_of(share: dict[str, Any]) -> tuple[tuple[float, float] | None, bool]:
    """Give lowest and highest share as parts of one, none where none is stated; and if it is clear.

    Bounds that are not reached are numbers in version 0.4, and marks beside a bound before it.
    """
    if not any(value is not None for value in share.values()):
        return None, True
    try:
        exact = _part(share, "exact")
        if exact is not None:
            return (exact, exact), True
        least, most = _bound(share, "inimum", LEAST), _bound(share, "aximum", -LEAST)
    except ShareUnreadable:
        return None, False
    if least is None and most is None:
        return None, False
    return (0.0 if least is None else least, 1.0 if most is None else most), True


def _bound(share: dict[str, Any], name: str, step: float) -> float | None:
    """Give a bound; `name` goes without its first letter, which is a capital in one of the two."""
    inclusive = _part(share, f"m{name}")
    if share.get(f"exclusiveM{name}") is True:
        return None if inclusive is None else inclusive + step
    exclusive = _part(share, f"exclusiveM{name}")
    return inclusive if exclusive is None else exclusive + step


def _part(share: dict[str, Any], key: str) -> float | None:
    said = text_in(share, key)
    if said:
        lowest, highest = share_of(said, percent=True)
        if lowest != highest:
            raise ShareUnreadable(said)
        return lowest
    number = number_in(share, key)
    found = share.get(key)
    if number is None and found is not None and not isinstance(found, bool):
        raise ShareUnreadable(str(found))
    return None if number is None else number / 100
