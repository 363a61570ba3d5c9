"""The lists that can be read: who issues each, where it holds, what its regime imposes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from undaunted.core.listings.rules.entry import Imposed
from undaunted.core.listings.rules.terms import Measure

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ListSource", "UnknownList", "list_source", "list_sources", "read_sources"]


class UnknownList(LookupError):
    """No list has this code; the message names those that there are."""


@dataclass(frozen=True, slots=True)
class ListSource:
    """A list: `measures` is what its regime imposes on everybody where no row says more.

    Of one that is known `by_name`, entries have no number that stays: one whose name is written
    otherwise keeps its key where it is surely the same; else it is gone, and stands under another.
    `second` is the scheme of another number of each entry, under which a row stands that lacks the
    first; "" where there is none.
    """

    code: str
    title: str
    issuer: str
    jurisdiction: str
    about: str
    formats: tuple[str, ...]
    counter: bool
    ended: str
    measures: tuple[Imposed, ...]
    basis: str
    status: str
    invented: bool
    by_name: bool = False
    second: str = ""


@cache
def list_sources() -> Mapping[str, ListSource]:
    """Give every list by its code, in the order of the pack."""
    text = files("undaunted.core.listings").joinpath("packs/lists.toml").read_text("utf-8")
    return read_sources(tomllib.loads(text))


def list_source(code: str) -> ListSource:
    """Give the list of a code. Raises `UnknownList`."""
    try:
        return list_sources()[code]
    except KeyError:
        known = ", ".join(list_sources())
        raise UnknownList(f"{code}: no list has this code; there are {known}") from None


def read_sources(data: Mapping[str, Any]) -> Mapping[str, ListSource]:
    """Give the lists of a pack by their codes."""
    return MappingProxyType({row["code"]: _source(row) for row in data["lists"]})


def _source(row: Mapping[str, Any]) -> ListSource:
    return ListSource(
        code=row["code"],
        title=row["title"],
        issuer=row["issuer"],
        jurisdiction=row["jurisdiction"],
        about=row["about"],
        formats=tuple(row["formats"]),
        counter=row.get("counter", False),
        ended=row.get("ended", ""),
        measures=tuple(Imposed(Measure(each), stated=False) for each in row.get("measures", ())),
        basis=row.get("basis", ""),
        status=row["status"],
        invented=row.get("invented", False),
        by_name=row.get("by_name", False),
        second=row.get("second", ""),
    )
