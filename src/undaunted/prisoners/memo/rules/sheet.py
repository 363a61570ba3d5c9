"""A memo as plain values: what page, PDF and Word are all written from.

Its text is an edition's document, so that notes, names and numbers are written as they are there;
beside it stand what only a letter has: to whom, marked how, and the figures at its head.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Document, Text

__all__ = ["Bar", "Chart", "Memo", "Stat"]


@dataclass(frozen=True, slots=True)
class Stat:
    """One figure at the head, with its words and its note."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the chart: `break_before` where the sources changed since the last."""

    label: str
    value: int
    text: str
    break_before: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """The stock of some years as bars, in words for those who do not see them."""

    title: Text
    alternative: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Memo:
    """One memo: its document, and what stands above it and on every page."""

    document: Document
    kicker: str
    marking: str
    """On every page, above and below."""
    restricted: bool
    heads: tuple[tuple[str, str], ...]
    """For whom, when, by whom, as known when: label and words."""
    stats: tuple[Stat, ...] = ()
    chart: Chart | None = None
    cases: int = 0
    """How many cases it shows."""
    left_out: str = ""
