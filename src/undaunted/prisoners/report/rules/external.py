"""Totals that others published: cited beside our own numbers, never added to them or compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undaunted.core.practices.rules import Source

__all__ = ["Bound", "ExternalNumber", "ExternalSeries"]


class Bound(StrEnum):
    """How the publisher gave a number."""

    EXACT = "exact"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class ExternalNumber:
    """A total for a day or a time (EDTF), as it was first published and as it was told later."""

    on: str
    value: int
    bound: Bound = Bound.EXACT
    later: int | None = None
    note: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class ExternalSeries:
    """One series of one publisher, with what it counts and what it leaves out."""

    key: str
    title: str
    publisher: str
    language: str
    unit: str
    counts: str
    leaves_out: str
    rights: str
    numbers: tuple[ExternalNumber, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Give every source of the series once, in the order in which numbers name them."""
        return tuple(dict.fromkeys(each for number in self.numbers for each in number.sources))
