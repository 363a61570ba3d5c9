"""What every chapter is given: the numbers, the language, and how its keys begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.editions.rules import Number
from undaunted.prisoners.registry.rules.counts import EVERYWHERE
from undaunted.prisoners.report.analysis.wording import place_word, row_key

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Table
    from undaunted.prisoners.report.analysis.figures import Figures

__all__ = ["Told"]


@dataclass(frozen=True, slots=True)
class Told:
    """A chapter speaks of one place: of everything that is reported, or of a country in it.

    `unpublished` counts people who are not published as well; None where it cannot be had.
    """

    figures: Figures
    language: str
    place: str
    unpublished: Table | None = None

    @property
    def whole(self) -> bool:
        """Whether it speaks of everything that is reported."""
        return self.place == self.figures.where

    @property
    def row(self) -> str:
        """The key of the place among rows."""
        return row_key(self.place)

    @property
    def name(self) -> str:
        """The place in words."""
        return place_word(self.place, self.language)

    @property
    def world(self) -> bool:
        """Whether it is about all countries."""
        return self.place == EVERYWHERE

    def key(self, table: str) -> str:
        """Give the key of a table or figure: under the country's own code where it is about one."""
        return table if self.world else f"{self.place.lower()}.{table}"

    def number(self, key: str, value: float | None, words: str) -> Number:
        """Give a number of the text under its key; its words say of which place it speaks."""
        return Number(key, value, f"{self.name}: {words}")

    def word(self, code: str) -> str:
        """Give the name of a country."""
        return place_word(code, self.language)
