"""Published trade elasticities, brought to the sectors of a table by a stated concordance.

Each pack holds the values as they were published, where they were read, and which of them a sector
takes. A sector takes the mean of its values, less one where the source gives an elasticity of
substitution: the model asks for the elasticity of spending with tariffs in it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.coercion.exposure.readers.refusals import FileRefused, PackBroken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = [
    "PublishedHorizon",
    "PublishedSet",
    "elasticity_set",
    "shipped_elasticities",
    "shipped_horizons",
]

PACKS = files("undaunted.coercion.exposure") / "packs" / "elasticities"
HORIZONS = "horizons.toml"
SERVICE = re.compile(r"[D-X](?:[\d_].*)?|[Ss]ervices.*")
EVERY, SERVICES = "all", "services"
DIVISIONS = re.compile(r"([ABC])(?:(\d\d)\w?(?:[-_T][ABC]?(\d\d)\d?)?)?")
"""A section of goods alone, or with a division of ISIC or a range, as OECD and WIOD write it."""


@dataclass(frozen=True, slots=True)
class PublishedSet:
    """One published set.

    Attributes:
        key: the name that scenario files use.
        citation: authors, title, journal, year.
        read: how the values were read: `data`, `abstract`, or `unverified`.
        says: what was taken from it and how, in whole sentences.
        by_sector: theta by ISIC sector code; `services` stands for whatever is not of A to C, and
            `all` for everything. Another table's sector takes the mean of those it overlaps with.
    """

    key: str
    title: str
    citation: str
    source: str
    read: str
    read_on: str
    licence: str
    says: str
    by_sector: Mapping[str, float]

    def for_sectors(self, sectors: Sequence[str]) -> NDArray[np.float64]:
        """Give theta[j] in the order of a table. Raises `FileRefused` for an unknown sector."""
        return np.array([self._theta(sector) for sector in sectors])

    def _theta(self, sector: str) -> float:
        for name in (EVERY, sector):
            if name in self.by_sector:
                return self.by_sector[name]
        if SERVICE.fullmatch(sector):
            return self.by_sector[SERVICES]
        reach = _divisions(sector)
        if reach is None:
            raise FileRefused(
                self.key,
                f"sector {sector} has no code of ISIC; use a set with one value for all, as "
                "simonovska-waugh-2014, or elasticities = 'data'",
            )
        near = [theta for code, theta in self.by_sector.items() if _meet(_divisions(code), reach)]
        if not near:
            raise FileRefused(
                self.key,
                f"holds no elasticity for sector {sector}; use elasticities = 'data', or a table "
                "with sectors of ISIC",
            )
        return sum(near) / len(near)


@dataclass(frozen=True, slots=True)
class PublishedHorizon:
    """How much of a long-run elasticity has come about by then.

    Attributes:
        part: by which elasticities are multiplied.
        read: as in `PublishedSet`; `assumption` where it is ours.
    """

    key: str
    part: float
    years: str
    read: str
    citation: str
    says: str


@cache
def shipped_elasticities() -> dict[str, PublishedSet]:
    """Give the sets that come with this copy, by name. Raises `PackBroken`."""
    found: dict[str, PublishedSet] = {}
    for pack in sorted(PACKS.iterdir(), key=lambda each: each.name):
        if pack.name.endswith(".toml") and pack.name != HORIZONS:
            held = tomllib.loads(pack.read_text(encoding="utf-8"))
            found |= {each["key"]: _set(pack.name, held, each) for each in held["sets"]}
    return found


@cache
def shipped_horizons() -> dict[str, PublishedHorizon]:
    """Give short, medium and long run."""
    held = tomllib.loads((PACKS / HORIZONS).read_text(encoding="utf-8"))
    return {each["key"]: PublishedHorizon(**each) for each in held["horizons"]}


def elasticity_set(name: str) -> PublishedSet:
    """Give the set of that name. Raises `FileRefused` naming those there are."""
    known = shipped_elasticities()
    if name not in known:
        raise FileRefused(
            "elasticities", f"{name} is not known; there are data, {', '.join(sorted(known))}"
        )
    return known[name]


def _set(where: str, pack: Mapping[str, Any], held: Mapping[str, Any]) -> PublishedSet:
    published = held.get("published") or pack["published"]
    less = float(held.get("less", 0))
    by_sector: dict[str, float] = {}
    for sector, codes in pack["concordance"].items():
        absent = [code for code in codes if code not in published]
        if absent:
            raise PackBroken(f"{where}, {sector}: {absent[0]} is not among the published values")
        by_sector[sector] = sum(published[code] for code in codes) / len(codes) - less
    if not {EVERY, SERVICES} & set(by_sector):
        by_sector[SERVICES] = sum(by_sector.values()) / len(by_sector)
    low = [sector for sector, theta in by_sector.items() if theta <= 0]
    if low:
        raise PackBroken(f"{where}, {low[0]}: an elasticity must lie above zero")
    told = {
        field: str(held.get(field, pack.get(field, "")))
        for field in ("key", "title", "citation", "source", "read", "read_on", "licence", "says")
    }
    return PublishedSet(**told, by_sector=by_sector)


def _divisions(sector: str) -> tuple[str, int, int] | None:
    """Give section, first and last division of goods; None for services and unknown codes."""
    found = DIVISIONS.fullmatch(sector)
    if found is None:
        return None
    section, first, last = found.groups()
    if first is None:
        return section, 0, 99
    return section, int(first), int(last or first)


def _meet(one: tuple[str, int, int] | None, other: tuple[str, int, int]) -> bool:
    return one is not None and one[0] == other[0] and one[1] <= other[2] and other[1] <= one[2]
