"""What stands where: sections, tables and figures numbered once, for all writers alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.core.editions.rules.document import Figure, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.core.editions.rules.document import Block, Document

__all__ = ["Heading", "Layout", "Place", "PlacedFigure", "PlacedTable", "Sort", "laid_out"]

DEEPEST = 5


class Sort(StrEnum):
    """What a number belongs to."""

    SECTION = "section"
    TABLE = "table"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reference leads: `Table 3`."""

    sort: Sort
    number: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a section, with its depth (1 is a chapter)."""

    key: str
    level: int
    number: str
    title: str
    new_page: bool


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with its number."""

    number: int
    table: Table


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure with its number; the table behind it follows as a table of its own."""

    number: int
    figure: Figure


@dataclass(slots=True)
class Layout:
    """Everything in the order in which it is set, and where each key stands."""

    items: list[Heading | PlacedTable | PlacedFigure | Block] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def headings(self) -> Iterator[Heading]:
        """Give the heads of sections, for a table of contents."""
        return (each for each in self.items if isinstance(each, Heading))


def laid_out(document: Document) -> Layout:
    """Give the layout: sections numbered as 1.2.1, tables and figures through the document."""
    layout = Layout()
    _place(document.blocks, (), layout, {Sort.TABLE: 0, Sort.FIGURE: 0})
    return layout


def _place(
    blocks: Iterable[Block], above: tuple[int, ...], layout: Layout, last: dict[Sort, int]
) -> None:
    here = 0
    for block in blocks:
        if isinstance(block, Section):
            here += 1
            numbers = (*above, here)
            number = ".".join(map(str, numbers))
            level = min(len(numbers), DEEPEST)
            layout.places[block.key] = Place(Sort.SECTION, number)
            layout.items.append(Heading(block.key, level, number, block.title, block.new_page))
            _place(block.blocks, numbers, layout, last)
        elif isinstance(block, Table):
            _place_table(block, layout, last)
        elif isinstance(block, Figure):
            last[Sort.FIGURE] += 1
            layout.places[block.key] = Place(Sort.FIGURE, str(last[Sort.FIGURE]))
            layout.items.append(PlacedFigure(last[Sort.FIGURE], block))
            _place_table(block.table, layout, last)
        else:
            layout.items.append(block)


def _place_table(table: Table, layout: Layout, last: dict[Sort, int]) -> None:
    last[Sort.TABLE] += 1
    layout.places[table.key] = Place(Sort.TABLE, str(last[Sort.TABLE]))
    layout.items.append(PlacedTable(last[Sort.TABLE], table))
