"""Money in which amounts are told: a currency by its code of ISO 4217, and its scale."""

from __future__ import annotations

from functools import cache
from typing import Final

__all__ = ["MONEY_SCALES", "is_money"]

MONEY_SCALES: Final = ("thousand", "million", "billion", "trillion")
_SHARED: Final = frozenset({"XAF", "XCD", "XCG", "XDR", "XOF", "XPF"})
"""Currencies of several states, and the special drawing right, in which tables of trade are told;
other codes that begin with X are metals, funds and tests."""


def is_money(unit: str) -> bool:
    """Tell whether a unit is money that is known: `EUR`, or `EUR million`, written just so."""
    currency, space, scale = unit.partition(" ")
    return currency in _currencies() and (not space or scale in MONEY_SCALES)


@cache
def _currencies() -> frozenset[str]:
    import pycountry  # noqa: PLC0415 - slow to load

    codes = {each.alpha_3 for each in pycountry.currencies}
    return frozenset(each for each in codes if each[0] != "X" or each in _SHARED)
