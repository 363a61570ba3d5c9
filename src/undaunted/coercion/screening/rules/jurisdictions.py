"""Whose rules apply in a country: its own, and those of a union it belongs to.

A hypothetical state can belong to a union in demonstrations; nothing else makes it a member.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Adoption", "adoptions", "area_of", "jurisdictions_of"]

PACK = files("undaunted.coercion.screening") / "packs" / "jurisdictions.toml"


@dataclass(frozen=True, slots=True)
class Adoption:
    """A state that has adopted a regime that is not its own, from a day on."""

    state: str
    regime: str
    since: date


def area_of(jurisdiction: str) -> frozenset[str]:
    """Give the countries of a jurisdiction: the members of a union, or the country itself."""
    return _unions().get(jurisdiction, frozenset({jurisdiction}))


def jurisdictions_of(state: str) -> tuple[str, ...]:
    """Give whose rules apply in a country, the union's first."""
    return (*(union for union, members in _unions().items() if state in members), state)


@cache
def adoptions() -> tuple[Adoption, ...]:
    """Give the states that have adopted a regime that is not their own."""
    return tuple(Adoption(**each) for each in _held()["adoptions"])


@cache
def _unions() -> dict[str, frozenset[str]]:
    told: dict[str, frozenset[str]] = {}
    for each in _held()["unions"]:
        members = frozenset((*each["members"], *each["demonstration"]))
        told[each["jurisdiction"]] = members
    return told


@cache
def _held() -> dict[str, Any]:
    return tomllib.loads(PACK.read_text(encoding="utf-8"))
