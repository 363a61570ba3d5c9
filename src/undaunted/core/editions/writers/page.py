"""A document as one web page: no script, nothing fetched, nothing that its text could inject."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from django.utils.html import escape

from undaunted.core.editions.rules import (
    Bullets,
    Footnote,
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
    laid_out,
    notes_apart,
)
from undaunted.core.editions.rules.document import ColumnKind
from undaunted.core.editions.writers import words
from undaunted.site.charts.theme import embed
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.core.editions.rules import Cell, Column, Document, Layout, Piece, Table, Text

__all__ = ["style_digest", "write_page"]


@lru_cache(maxsize=1)
def _style() -> str:
    return files(__package__).joinpath("edition.css").read_text(encoding="utf-8")


def style_digest() -> str:
    """Give the digest by which a content policy lets the page's own style through."""
    return base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()


def write_page(document: Document, drawn: Mapping[str, str], *, mark: str = "") -> bytes:
    """Give the page in UTF-8; runs in the document's language."""
    return _Page(document, drawn).written(mark).encode()


class _Page:
    """One page while it is written; holds the notes until they are set at its foot."""

    def __init__(self, document: Document, drawn: Mapping[str, str]) -> None:
        self._document = document
        self._drawn = drawn
        self._layout: Layout = laid_out(document)
        self._notes: list[str] = []
        self._language = ""

    def written(self, mark: str) -> str:
        told = self._document
        body = "\n".join(self._item(item) for item in self._layout.items)
        lines = [
            "<!doctype html>",
            f'<html lang="{escape(told.language)}" dir="{direction(told.language)}">',
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(told.title)}</title>",
            f"<style>{_style()}</style></head>",
            "<body>",
            f'<p class="mark">{escape(mark)}</p>' if mark else "",
            f"<header><h1>{escape(told.title)}</h1>",
            f'<p class="soft">{escape(told.subtitle)}</p>' if told.subtitle else "",
            f'<p class="soft"><bdi>{escape(told.publisher)}</bdi> · {escape(told.edition)}</p>',
            f'<p class="soft">{escape(words.cut_text(told))}</p>',
            f'<p class="notice">{escape(words.hypothetical_text())}</p>'
            if told.hypothetical
            else "",
            "</header>",
            self._contents() if told.contents else "",
            f"<main>{body}</main>",
            self._footer(),
            "</body></html>",
        ]
        return "\n".join(line for line in lines if line) + "\n"

    def _contents(self) -> str:
        lines = [
            f'<li><a href="#{escape(head.key)}">{escape(head.number)} {escape(head.title)}</a></li>'
            for head in self._layout.headings()
        ]
        title = escape(words.contents_title())
        return f'<nav aria-label="{title}"><h2>{title}</h2><ol>{"".join(lines)}</ol></nav>'

    def _footer(self) -> str:
        notes = "".join(
            f'<li id="note-{at}" value="{at}">{text} <a href="#mark-{at}">↩</a></li>'
            for at, text in enumerate(self._notes, start=1)
        )
        listed = f'<ol class="soft">{notes}</ol>' if notes else ""
        licence = f'<p class="soft">{escape(self._document.licence)}</p>'
        return f"<footer>{listed}{licence if self._document.licence else ''}</footer>"

    def _item(self, item: object) -> str:
        if isinstance(item, Heading):
            level = item.level + 1
            page = ' class="new-page"' if item.new_page else ""
            title = f"{escape(item.number)} {escape(item.title)}"
            return f'<h{level} id="{escape(item.key)}"{page}>{title}</h{level}>'
        if isinstance(item, PlacedTable):
            return self._table(item.number, item.table)
        if isinstance(item, PlacedFigure):
            return self._figure(item)
        self._language = item.language if isinstance(item, Paragraph | Bullets) else ""
        if isinstance(item, Paragraph):
            return f"<p{_tongue(item.language)}>{self._text(item.text)}</p>"
        if isinstance(item, Notice):
            title = f"<strong>{escape(item.title)}</strong> " if item.title else ""
            return f'<p class="notice">{title}{self._text(item.text)}</p>'
        if isinstance(item, Bullets):
            points = "".join(f"<li>{self._text(each)}</li>" for each in item.items)
            return f"<ul{_tongue(item.language)}>{points}</ul>"
        raise TypeError(f"no block: {type(item).__name__}")

    def _figure(self, item: PlacedFigure) -> str:
        figure = item.figure
        caption = escape(words.caption_of(Sort.FIGURE, item.number, figure.caption))
        svg = embed(
            self._drawn[figure.key],
            prefix=figure.key.replace(".", "-"),
            title=figure.caption,
            description=figure.alternative,
        )
        return (
            f'<figure id="{escape(figure.key)}"><figcaption>{caption}</figcaption>{svg}'
            f'<p class="soft">{escape(figure.alternative)}</p></figure>'
        )

    def _table(self, number: int, table: Table) -> str:
        caption = escape(words.caption_of(Sort.TABLE, number, table.caption))
        heads = "".join(
            f'<th scope="col"{_aligned(column)}>{escape(column.label)}</th>'
            for column in table.columns
        )
        rows = "".join(self._row(table, row) for row in table.rows)
        note = f'<p class="soft">{self._text(table.note)}</p>' if table.note else ""
        return (
            f'<div class="scroll" id="{escape(table.key)}" tabindex="0"><table>'
            f"<caption>{caption}</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{note}"
        )

    def _row(self, table: Table, row: tuple[Cell, ...]) -> str:
        first = f'<th scope="row">{_cell(row[0])}</th>'
        rest = "".join(
            f"<td{_aligned(column)}>{_cell(cell)}</td>"
            for column, cell in zip(table.columns[1:], row[1:], strict=True)
        )
        return f"<tr>{first}{rest}</tr>"

    def _text(self, text: Text) -> str:
        return "".join(self._piece(piece) for piece in notes_apart(text))

    def _piece(self, piece: Piece) -> str:  # noqa: PLR0911 - one answer a sort of piece
        if isinstance(piece, str):
            return escape(piece)
        if isinstance(piece, Name):
            language = f' lang="{escape(piece.language)}"' if piece.language else ""
            return f"<bdi{language}>{escape(piece.text)}</bdi>"
        if isinstance(piece, Strong):
            return f"<strong>{escape(piece.text)}</strong>"
        if isinstance(piece, Number):
            return escape(words.cell_text(piece.value))
        if isinstance(piece, Link):
            return f'<a href="{escape(piece.address)}">{escape(piece.text)}</a>'
        if isinstance(piece, Reference):
            place = escape(words.reference_text(self._layout.places[piece.to]))
            return f'<a href="#{escape(piece.to)}">{place}</a>'
        return self._note(piece)

    def _note(self, note: Footnote) -> str:
        self._notes.append("")
        at = len(self._notes)
        text = self._text(note.text)
        tongue = _tongue(self._language)
        self._notes[at - 1] = f"<span{tongue}>{text}</span>" if tongue else text
        return f'<sup><a id="mark-{at}" href="#note-{at}">{at}</a></sup>'


def _tongue(language: str) -> str:
    return f' lang="{escape(language)}" dir="{direction(language)}"' if language else ""


def _aligned(column: Column) -> str:
    return ' class="number"' if column.kind in {ColumnKind.WHOLE, ColumnKind.DECIMAL} else ""


def _cell(cell: Cell) -> str:
    text = escape(words.cell_text(cell))
    return f"<bdi>{text}</bdi>" if isinstance(cell, Name) else text
