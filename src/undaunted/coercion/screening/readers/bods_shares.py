"""Shares of the Beneficial Ownership Data Standard: percentages, exact or between two."""

from __future__ import annotations

from typing import Any

from undaunted.coercion.screening.readers.documents import number_in, text_in
from undaunted.coercion.screening.readers.shares import LEAST, ShareUnreadable, finer, share_of

__all__ = ["finest", "span_of"]

BESIDE = 1.5 * LEAST
"""A number lies between two units that are nearer to each other than this; a span is wider."""


def span_of(share: dict[str, Any]) -> tuple[tuple[float, float] | None, bool]:
    """Give lowest and highest share as parts of one, none where none is stated; and if it is clear.

    Bounds that are not reached are numbers in version 0.4, and marks beside a bound before it.
    """
    if not any(value is not None for value in share.values()):
        return None, True
    try:
        exact = _part(share, "exact")
        if exact is not None:
            return exact, True
        least, most = _bound(share, "inimum", LEAST), _bound(share, "aximum", -LEAST)
    except ShareUnreadable:
        return None, False
    if least is None and most is None:
        return None, False
    return (0.0 if least is None else least, 1.0 if most is None else most), True


def finest(share: dict[str, Any]) -> list[str]:
    """Give what is written finer than a unit of the engine."""
    texts = (text_in(share, key) or repr(number_in(share, key)) for key in share)
    return [each for each in texts if finer(each, percent=True)]


def _bound(share: dict[str, Any], name: str, step: float) -> float | None:
    """Give a bound; `name` goes without its first letter, which is a capital in one of the two."""
    inclusive = _part(share, f"m{name}")
    exclusive = _part(share, f"exclusiveM{name}")
    marked = share.get(f"exclusiveM{name}") is True
    found = inclusive if exclusive is None else exclusive
    if found is None:
        return None
    lowest, highest = found
    bound = lowest if step > 0 else highest
    excluded = (marked or exclusive is not None) and lowest == highest
    return bound + step if excluded else bound


def _part(share: dict[str, Any], key: str) -> tuple[float, float] | None:
    """Give a number as a part of one, twice, or the units beside it where it is finer."""
    said = text_in(share, key)
    number = number_in(share, key)
    if not said and number is None:
        found = share.get(key)
        if found is not None and not isinstance(found, bool):
            raise ShareUnreadable(str(found))
        return None
    lowest, highest = share_of(said or repr(number), percent=True)
    if highest - lowest > BESIDE:
        raise ShareUnreadable(said)
    return lowest, highest
