"""Lists of sectors, version by version; which holds is chosen by the day of the transaction."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules.refusals import RegimeUnknown
from undaunted.coercion.screening.rules.sector_reading import read_sector_packs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from undaunted.coercion.screening.rules.terms import SectorList

__all__ = ["chosen", "lists_on", "sector_list_on", "sector_lists"]


@cache
def sector_lists() -> tuple[SectorList, ...]:
    """Give every version of every list, by key and version."""
    folder = files("undaunted.coercion.screening") / "packs" / "sectors"
    return read_sector_packs(
        (path.name, path.read_text("utf-8"))
        for path in folder.iterdir()
        if path.name.endswith(".toml")
    )


def sector_list_on(key: str, day: date) -> SectorList:
    """Give the version that is known to hold on a day; before the first, the first."""
    held = chosen(sector_lists(), day)
    if key not in held:
        raise RegimeUnknown(f"list: there is none called {key!r}; there are: {', '.join(held)}")
    return held[key][0]


def lists_on(day: date) -> Mapping[str, tuple[SectorList, ...]]:
    """Give, by key, the version that holds on a day, and those of which that is not known."""
    return chosen(sector_lists(), day)


def chosen(every: Iterable[SectorList], day: date) -> Mapping[str, tuple[SectorList, ...]]:
    """Choose among versions; where none holds yet, the first stands for what is to come."""
    versions: dict[str, list[SectorList]] = {}
    for each in every:
        versions.setdefault(each.key, []).append(each)
    return {
        key: (
            next((each for each in held if each.in_force(day)), held[0]),
            *(each for each in held if each.pending(day)),
        )
        for key, held in versions.items()
    }
