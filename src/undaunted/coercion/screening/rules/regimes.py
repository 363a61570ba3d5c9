"""Which screening law applies where and when, from packs that lawyers can read and amend."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules.jurisdictions import adoptions, jurisdictions_of
from undaunted.coercion.screening.rules.refusals import RegimeUnknown
from undaunted.coercion.screening.rules.regime_reading import read_regime_packs

if TYPE_CHECKING:
    from datetime import date

    from undaunted.coercion.screening.rules.terms import Regime

__all__ = ["regime_named", "regime_on", "regimes", "regimes_for"]


@cache
def regimes() -> tuple[Regime, ...]:
    """Give every regime, by jurisdiction and first day."""
    folder = files("undaunted.coercion.screening") / "packs" / "regimes"
    return read_regime_packs(
        (path.name, path.read_text("utf-8"))
        for path in folder.iterdir()
        if path.name.endswith(".toml")
    )


def regime_named(key: str) -> Regime:
    """Give a regime by its key. Raises `RegimeUnknown`."""
    found = next((each for each in regimes() if each.key == key), None)
    if found is None:
        known = ", ".join(each.key for each in regimes())
        raise RegimeUnknown(f"regime: there is none called {key!r}; there are: {known}")
    return found


def regime_on(jurisdiction: str, day: date) -> Regime:
    """Give the regime of a jurisdiction (a country, or EU) on a day. Raises `RegimeUnknown`."""
    adopted = _adopted(jurisdiction, day)
    if adopted is not None:
        return adopted
    theirs = [each for each in regimes() if each.jurisdiction == jurisdiction]
    for each in theirs:
        if each.in_force(day):
            return each
    if not theirs:
        known = ", ".join(
            dict.fromkeys(each.jurisdiction for each in regimes() if each.jurisdiction)
        )
        raise RegimeUnknown(
            f"jurisdiction: no regime of {jurisdiction!r} is held; there are those of {known}"
        )
    times = "; ".join(f"{each.key} from {each.valid_from}" for each in theirs)
    raise RegimeUnknown(f"day: {jurisdiction} has no regime in force on {day}; it has {times}")


def regimes_for(state: str, day: date) -> tuple[Regime, ...]:
    """Give every regime that applies in a country on a day: its union's, then its own."""
    found = []
    for jurisdiction in jurisdictions_of(state):
        try:
            found.append(regime_on(jurisdiction, day))
        except RegimeUnknown:
            continue
    return tuple(found)


def _adopted(state: str, day: date) -> Regime | None:
    for each in adoptions():
        if each.state == state and each.since <= day:
            return regime_named(each.regime)
    return None
