"""A publication as plain values: what PDF, Word, web page and data package are all written from.

An area gathers a `Document` in one language; the writers know nothing else. Text is a row of
pieces: plain words, names that must not disturb the direction around them, numbers that came from a
query, notes with their source, links, and references to a section, table or figure by its key.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - dataclasses keep it
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

__all__ = [
    "Block",
    "Bullets",
    "Cell",
    "Column",
    "ColumnKind",
    "Document",
    "Figure",
    "Footnote",
    "Joined",
    "Link",
    "Name",
    "Notice",
    "Number",
    "Paragraph",
    "Piece",
    "Reference",
    "Section",
    "Strong",
    "Table",
    "Text",
    "Unknown",
]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its own script, kept apart from the direction of the text around it."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a query gave; `key` says which, so that a later edition can compare it."""

    key: str
    value: int | float | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An address, with the words under which it stands."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Reference:
    """`Table 3`, by the key of the section, table or figure that is meant."""

    to: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page: a source with its date, or an explanation."""

    text: Text


Piece = str | Name | Strong | Number | Link | Reference | Footnote
Text = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A number that nobody knows: a word on the page, and nothing in the data."""

    text: str


Cell = str | int | float | date | Name | Unknown | None


class ColumnKind(StrEnum):
    """What a column holds: how it is aligned, and its type in the data package."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the data package, its words on the page.

    `compared` names what its numbers are, where the key alone does not: `persons@2026-01-01`.
    """

    key: str
    label: str
    kind: ColumnKind = ColumnKind.TEXT
    compared: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """The file of the data package that holds a table's rows, and what its first column says."""

    key: str
    caption: str
    column: Column
    value: Cell


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption. The first column names the row.

    `keys` name the rows in every language alike; with them, each number of the table can be
    compared with that of another edition. `joined` puts its rows into one file of the data package
    with those of its like.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...] = ()
    note: Text = ()
    joined: Joined | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart or map: Vega-Lite, or a drawing that is ready, always with words and numbers."""

    key: str
    caption: str
    alternative: str
    table: Table
    specification: Mapping[str, Any] | None = None
    svg: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `language` where it is not the document's."""

    text: Text
    language: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points; `language` where it is not the document's."""

    items: tuple[Text, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A box that must not be missed: a limit, a break in the series, a tombstone."""

    title: str
    text: Text


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter, or a part of one; `new_page` for country pages."""

    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    new_page: bool = False


Block = Paragraph | Bullets | Notice | Table | Figure | Section


@dataclass(frozen=True, slots=True)
class Document:
    """A whole publication in one language."""

    title: str
    subtitle: str
    language: str
    publisher: str
    as_of: date
    known_at: str
    blocks: tuple[Block, ...]
    contents: bool = False
    hypothetical: bool = False
    licence: str = ""
    edition: str = field(default="")
