"""What a list's regimes impose on everybody they list, where the list leaves it to resolutions."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from undaunted.core.listings.rules.terms import Kind, Measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Regime", "Told", "read_regimes", "regimes", "told_by_regimes"]


@dataclass(frozen=True, slots=True)
class Regime:
    """One regime of a list: `persons` are measures against people alone.

    `untold` are measures of the regime that do not hit everybody: against whom is not told.
    """

    source: str
    programme: str
    everybody: frozenset[Measure]
    persons: frozenset[Measure]
    untold: frozenset[Measure]
    resolutions: str
    page: str
    read: str
    status: str

    def imposes(self, kind: str) -> frozenset[Measure]:
        """Give what it imposes on an entry of a kind."""
        return self.everybody | self.persons if kind == Kind.PERSON else self.everybody


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of measures of an entry that states none itself."""

    implied: tuple[str, ...] = ()
    """Imposed on it by its regimes, in order."""
    untold: frozenset[str] = frozenset()
    """Of these it is not told whether they hold."""
    nothing: bool = False
    """Nothing is known: of no measure is it told whether it holds."""

    def leaves_open(self, measure: str) -> bool:
        """Whether it is not told if a measure holds."""
        return measure not in self.implied and (self.nothing or measure in self.untold)


@cache
def regimes() -> Mapping[tuple[str, str], Regime]:
    """Give every regime by its list and its programme, from the pack."""
    text = files("undaunted.core.listings").joinpath("packs/regimes.toml").read_text("utf-8")
    return read_regimes(tomllib.loads(text))


def read_regimes(data: Mapping[str, Any]) -> Mapping[tuple[str, str], Regime]:
    """Give the regimes of a pack by list and programme."""
    held = (_regime(row) for row in data["regimes"])
    return MappingProxyType({(each.source, each.programme): each for each in held})


def told_by_regimes(source: str, kind: str, programmes: Iterable[str]) -> Told:
    """Give what is known of an entry that states no measure, by the programmes it stands under.

    Of a programme that the pack does not hold nothing is known: then only what the others impose.
    """
    known = [regimes().get((source, each)) for each in programmes]
    held = [each for each in known if each is not None]
    imposed = {measure for each in held for measure in each.imposes(kind)}
    untold = {measure for each in held for measure in each.untold}
    return Told(
        tuple(each.value for each in Measure if each in imposed),
        frozenset(each.value for each in untold),
        nothing=not held or len(held) < len(known),
    )


def _regime(row: Mapping[str, Any]) -> Regime:
    def measures(name: str) -> frozenset[Measure]:
        return frozenset(Measure(each) for each in row.get(name, ()))

    return Regime(
        row["list"], row["programme"], measures("everybody"), measures("persons"),
        measures("untold"), row["resolutions"], row["source"], row["read"], row["status"],
    )  # fmt: skip
