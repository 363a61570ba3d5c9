"""A long document made of annual reports, and the same in plain values for another typesetter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from undaunted.core.editions.rules import (
    Bullets,
    Document,
    Figure,
    Footnote,
    Notice,
    Number,
    Paragraph,
    Reference,
    Section,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from undaunted.core.editions.rules import Block, Cell, Piece, Text

__all__ = ["joined", "plain"]

LONGEST = 54
NONE = "\N{EN DASH}"


def joined(reports: Mapping[int, Document]) -> Document:
    """Put the reports of several years into one document, each as a chapter."""
    first = reports[max(reports)]
    chapters = tuple(
        Section(f"y{year}", each.title, _renamed(each.blocks, year), new_page=True)
        for year, each in sorted(reports.items(), reverse=True)
    )
    return replace(first, blocks=chapters)


def plain(document: Document) -> list[dict[str, Any]]:
    """Give headings, paragraphs, tables and charts in order, for JSON."""
    return list(_plain(document.blocks, 1))


def _renamed(blocks: Iterable[Block], year: int) -> tuple[Block, ...]:
    return tuple(_again(block, year) for block in blocks)


def _again(block: Block, year: int) -> Block:
    match block:
        case Section():
            return replace(block, key=_key(block.key, year), blocks=_renamed(block.blocks, year))
        case Table():
            return replace(block, key=_key(block.key, year), note=_text(block.note, year))
        case Figure():
            table = replace(block.table, key=_key(block.table.key, year))
            return replace(block, key=_key(block.key, year), table=table)
        case Paragraph() | Notice():
            return replace(block, text=_text(block.text, year))
        case Bullets():
            return replace(block, items=tuple(_text(item, year) for item in block.items))


def _text(text: Text, year: int) -> Text:
    return tuple(_piece(piece, year) for piece in text)


def _piece(piece: Piece, year: int) -> Piece:
    if isinstance(piece, Reference):
        return Reference(_key(piece.to, year))
    return Footnote(_text(piece.text, year)) if isinstance(piece, Footnote) else piece


def _key(key: str, year: int) -> str:
    return f"{key[:LONGEST]}.{year}"


def _plain(blocks: Iterable[Block], level: int) -> Iterator[dict[str, Any]]:
    for block in blocks:
        match block:
            case Section():
                yield {"heading": block.title, "level": level, "new": block.new_page}
                yield from _plain(block.blocks, level + 1)
            case Paragraph():
                yield {"paragraph": _words(block.text)}
            case Notice():
                yield {"paragraph": f"{block.title} {_words(block.text)}"}
            case Bullets():
                yield {"bullets": [_words(item) for item in block.items]}
            case Table():
                yield _plain_table(block)
            case Figure():
                yield {"chart": _chart(block), "caption": block.caption}
                yield _plain_table(block.table)


def _plain_table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "head": [column.label for column in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "note": _words(table.note),
    }


def _chart(figure: Figure) -> dict[str, Any]:
    """Give the first numbers of the table against its first column; years are a line."""
    table = figure.table
    at = next(
        (at for at in range(1, len(table.columns)) if _numeric(row[at] for row in table.rows)), 1
    )
    pairs = [(_cell(row[0]), row[at]) for row in table.rows if isinstance(row[at], int | float)]
    line = all(label.isdigit() for label, _ in pairs)
    return {"line": line, "labels": [label for label, _ in pairs], "values": [n for _, n in pairs]}


def _numeric(cells: Iterable[Cell]) -> bool:
    return any(isinstance(cell, int | float) for cell in cells)


def _cell(cell: Cell) -> str:
    match cell:
        case None:
            return NONE
        case date():
            return cell.isoformat()
        case float():
            return f"{cell:,.2f}"
        case int():
            return f"{cell:,}"
        case str():
            return cell
    return cell.text


def _words(text: Text) -> str:
    return "".join(_said(piece) for piece in text)


def _said(piece: Piece) -> str:
    match piece:
        case str():
            return piece
        case Number():
            return NONE if piece.value is None else f"{piece.value:,}"
        case Reference():
            return "(see there)"
        case Footnote():
            return f" ({_words(piece.text)})"
    return piece.text
