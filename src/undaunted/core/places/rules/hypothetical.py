"""Five states that do not exist, with regions, towns and prisons for demonstrations and tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from undaunted.core.places.rules.packs import pack

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["HYPOTHETICAL_CODES", "HypotheticalRegion", "HypotheticalState", "hypothetical_states"]

HYPOTHETICAL_CODES: Final = frozenset({"XB", "XF", "XR", "XS", "XZ"})


@dataclass(frozen=True, slots=True)
class HypotheticalRegion:
    """An invented first-level division with invented towns and places of detention."""

    code: str
    name: str
    cities: tuple[str, ...]
    facilities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HypotheticalState:
    """A state of literature or film; `names` holds its name in every language of the product."""

    code: str
    alpha_3: str
    adjective: str
    capital: str
    names: Mapping[str, str]
    regions: tuple[HypotheticalRegion, ...]


@cache
def hypothetical_states() -> tuple[HypotheticalState, ...]:
    """Give the five states in the order of their codes."""
    return tuple(
        HypotheticalState(
            code=row["code"],
            alpha_3=row["alpha_3"],
            adjective=row["adjective"],
            capital=row["capital"],
            names=row["names"],
            regions=tuple(
                HypotheticalRegion(
                    part["code"], part["name"], tuple(part["cities"]), tuple(part["facilities"])
                )
                for part in row["regions"]
            ),
        )
        for row in pack("hypothetical")["state"]
    )
