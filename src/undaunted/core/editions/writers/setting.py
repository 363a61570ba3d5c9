"""A document as the plain values that the page description `edition.typ` sets.

Nothing of a document is ever markup there: text goes in as text.
"""

from __future__ import annotations

import re
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.editions.rules import (
    Bullets,
    Heading,
    Link,
    Name,
    Notice,
    Number,
    Paragraph,
    PlacedFigure,
    PlacedTable,
    Reference,
    Sort,
    Strong,
    breakable,
    laid_out,
    notes_apart,
    runs_right_to_left,
)
from undaunted.core.editions.rules.document import ColumnKind
from undaunted.core.editions.writers import words
from undaunted.core.editions.writers.charts import printed
from undaunted.core.editions.writers.widths import (
    ROOM,
    ROOM_ON_ITS_SIDE,
    column_shares,
    holds_long_word,
    lines_taken,
)
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.core.editions.rules import Cell, Document, Layout, Piece, Table, Text

__all__ = ["set_values"]

Values = dict[str, Any]

_CENTIMETRES: Final = 2.54 / 96
_DIVIDED: Final = 24
"""Lines from which a row, or a table, may go on over the page, as a page might not hold it."""
_TOGETHER: Final = 8
"""A table of so few rows stays on one page."""
_WIDTH: Final = re.compile(r'<svg [^>]*?viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ')


def set_values(
    document: Document, drawn: Mapping[str, str], *, mark: str, wide: bool = False
) -> Values:
    """Give everything that the page description asks for, but the families of its fonts.

    `wide` says whether its pages lie on their side.
    """
    layout = laid_out(document)
    language, _, script = document.language.partition("-")
    return {
        "title": document.title,
        "subtitle": breakable(document.subtitle),
        "publisher": document.publisher,
        "edition": document.edition,
        "cut": words.cut_text(document),
        "hypothetical": words.hypothetical_text() if document.hypothetical else "",
        "contents": words.contents_title() if document.contents else "",
        "licence": document.licence,
        "mark": mark,
        "page": words.page_text("{p}", "{n}"),
        "lang": language,
        "region": "CN" if script == "hans" else None,
        "direction": direction(document.language),
        "items": [_item(each, layout, drawn, wide=wide) for each in layout.items],
    }


def _item(item: object, layout: Layout, drawn: Mapping[str, str], *, wide: bool) -> Values:
    if isinstance(item, Heading):
        title = breakable(f"{item.number} {item.title}")
        return {
            "t": "heading", "level": item.level, "title": title, "key": item.key,
            "page": item.new_page,
        }  # fmt: skip
    if isinstance(item, PlacedTable):
        return _table(item.number, item.table, layout, ROOM_ON_ITS_SIDE if wide else ROOM)
    if isinstance(item, PlacedFigure):
        return _figure(item, drawn[item.figure.key])
    if isinstance(item, Notice):
        return {"t": "notice", "title": item.title, "text": _text(item.text, layout)}
    if isinstance(item, Bullets):
        points = [_text(each, layout) for each in item.items]
        return {"t": "bullets", "points": points, **_tongue(item.language)}
    if isinstance(item, Paragraph):
        return {"t": "paragraph", "text": _text(item.text, layout), **_tongue(item.language)}
    raise TypeError(f"no block: {type(item).__name__}")


def _tongue(language: str) -> Values:
    """Give the language of a block that is not in the document's."""
    if not language:
        return {}
    code, _, script = language.partition("-")
    region = "CN" if script == "hans" else None
    return {"tongue": code, "region": region, "dir": direction(language)}


def _figure(item: PlacedFigure, svg: str) -> Values:
    svg = printed(svg)
    width = _WIDTH.match(svg)
    return {
        "t": "figure",
        "key": item.figure.key,
        "caption": words.caption_of(Sort.FIGURE, item.number, item.figure.caption),
        "alternative": item.figure.alternative,
        "svg": svg,
        "width": float(width[1]) * _CENTIMETRES if width else 16.6,
    }


def _table(number: int, table: Table, layout: Layout, room: int) -> Values:
    shares = column_shares(table, room)
    lines = [
        max(map(lines_taken, map(words.cell_text, row), shares, repeat(room)), default=0)
        for row in table.rows
    ]
    return {
        "t": "table",
        "key": table.key,
        "caption": words.caption_of(Sort.TABLE, number, table.caption),
        "columns": [
            {
                "label": breakable(column.label),
                "number": column.kind in {ColumnKind.WHOLE, ColumnKind.DECIMAL},
            }
            for column in table.columns
        ],
        "shares": shares,
        "rows": [
            [_cell(cell, share, room) for cell, share in zip(row, shares, strict=True)]
            for row in table.rows
        ],
        "whole": [each < _DIVIDED for each in lines],
        "together": len(lines) <= _TOGETHER and sum(lines) < _DIVIDED,
        "note": _text(table.note, layout),
    }


def _cell(cell: Cell, share: int, room: int) -> Values:
    """Give a cell; one with a word that may be too wide for its column is measured there."""
    text = breakable(words.cell_text(cell))
    told = _name(text) if isinstance(cell, Name) else {"t": "text", "s": text}
    return {**told, "long": True} if holds_long_word(text, share, room) else told


def _name(text: str) -> Values:
    return {"t": "name", "s": text, "dir": "rtl" if runs_right_to_left(text) else "ltr"}


def _text(text: Text, layout: Layout) -> list[Values]:
    return [_piece(piece, layout) for piece in notes_apart(text)]


def _piece(piece: Piece, layout: Layout) -> Values:  # noqa: PLR0911 - one answer a sort of piece
    if isinstance(piece, str):
        return {"t": "text", "s": breakable(piece)}
    if isinstance(piece, Name):
        return _name(breakable(piece.text))
    if isinstance(piece, Strong):
        return {"t": "strong", "s": breakable(piece.text)}
    if isinstance(piece, Number):
        return {"t": "text", "s": words.cell_text(piece.value)}
    if isinstance(piece, Link):
        return {"t": "link", "s": breakable(piece.text), "to": piece.address}
    if isinstance(piece, Reference):
        place = layout.places[piece.to]
        return {"t": "reference", "s": words.reference_text(place), "to": piece.to}
    return {"t": "note", "body": _text(piece.text, layout)}
