"""Going through a document: its text, its tables, its numbers, and whether it keeps the rules."""

from __future__ import annotations

import unicodedata
from itertools import chain
from typing import TYPE_CHECKING

from undaunted.core.editions.rules.document import (
    Bullets,
    ColumnKind,
    Document,
    Figure,
    Footnote,
    Link,
    Name,
    Notice,
    Number,
    Paragraph,
    Reference,
    Section,
    Strong,
    Table,
)
from undaunted.core.editions.rules.refusals import DocumentUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.core.editions.rules.document import Block, Cell, Piece, Text

__all__ = [
    "blocks_of",
    "check_document",
    "check_letters",
    "figures_in",
    "notes_apart",
    "numbers_of",
    "tables_in",
    "texts_of",
]

LONGEST_KEY = 60
LONGEST_TABLE = 100_000
_THIN = "\N{THIN SPACE}"
_SAFE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")


def blocks_of(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give every block, those inside sections after their section."""
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from blocks_of(block.blocks)


def tables_in(document: Document) -> Iterator[Table]:
    """Give every table, those behind figures too, in order."""
    for block in blocks_of(document.blocks):
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Figure):
            yield block.table


def figures_in(document: Document) -> Iterator[Figure]:
    """Give every chart and map, in order."""
    return (each for each in blocks_of(document.blocks) if isinstance(each, Figure))


def numbers_of(document: Document) -> dict[str, tuple[str, int | float | None]]:
    """Give key → words and value of every number that can be compared with another edition's."""
    found: dict[str, tuple[str, int | float | None]] = {}
    for table in tables_in(document):
        for key, row in zip(table.keys, table.rows, strict=bool(table.keys)):
            for column, cell in zip(table.columns, row, strict=True):
                if isinstance(cell, int | float) and not isinstance(cell, bool):
                    words = f"{table.caption}: {_row_name(table, row)}, {column.label}"
                    found[f"{table.key}/{key}/{column.compared or column.key}"] = (words, cell)
    for piece in _pieces(document):
        if isinstance(piece, Number):
            found[piece.key] = (piece.label or piece.key, piece.value)
    return found


def notes_apart(text: Text) -> Text:
    """Give a text in which the marks of notes that follow each other do not read as one number."""
    found: list[Piece] = []
    for piece in text:
        if found and isinstance(piece, Footnote) and isinstance(found[-1], Footnote):
            found.append(_THIN)
        found.append(piece)
    return tuple(found)


def texts_of(document: Document) -> Iterator[str]:
    """Give every text that is set, to know which letters are needed."""
    yield from (document.title, document.subtitle, document.publisher, document.licence)
    for block in blocks_of(document.blocks):
        if isinstance(block, Section | Notice):
            yield block.title
        elif isinstance(block, Figure):
            yield from (block.caption, block.alternative)
    for table in tables_in(document):
        yield table.caption
        yield from (column.label for column in table.columns)
        yield from (_plain_cell(cell) for row in table.rows for cell in row)
    yield from (_plain(piece) for piece in _pieces(document))


def check_document(document: Document) -> None:
    """Raise `DocumentUnreadable` where a document cannot be written as it is meant."""
    if not document.title.strip():
        raise DocumentUnreadable("title: empty; a document needs one to be found and read aloud")
    _check_keys(document)
    for table in tables_in(document):
        _check_table(table)
    for figure in figures_in(document):
        if not figure.alternative.strip():
            raise DocumentUnreadable(f"figure {figure.key}: say in words what there is to see")
        if (figure.specification is None) is not bool(figure.svg):
            raise DocumentUnreadable(f"figure {figure.key}: give a specification or a drawing")
    for text in texts_of(document):
        check_letters(text)


def check_letters(text: str) -> None:
    """Raise `DocumentUnreadable` where a text holds what no font can show."""
    for letter in text:
        category = unicodedata.category(letter)
        if category in {"Cs", "Co", "Cn"} or (category == "Cc" and letter not in "\t\n"):
            raise DocumentUnreadable(
                f"{text[:40]!r}: U+{ord(letter):04X} cannot be printed; correct the record"
            )


def _check_keys(document: Document) -> None:
    keys: set[str] = set()
    tables = (each.key for each in tables_in(document))
    others = (each.key for each in blocks_of(document.blocks) if isinstance(each, Section | Figure))
    for key in chain(tables, others):
        if not key or len(key) > LONGEST_KEY or set(key) - _SAFE:
            raise DocumentUnreadable(
                f"key {key[:80]!r}: 1 to {LONGEST_KEY} of a-z, 0-9, point, dash and underscore"
            )
        if key in keys:
            raise DocumentUnreadable(f"key {key!r}: given twice; each section, table and figure "
                                     "has its own")  # fmt: skip
        keys.add(key)
    for piece in _pieces(document):
        if isinstance(piece, Reference) and piece.to not in keys:
            raise DocumentUnreadable(f"reference to {piece.to!r}: nothing has this key")
        if isinstance(piece, Link) and not piece.address.startswith(("https://", "http://")):
            raise DocumentUnreadable(
                f"link {piece.address[:60]!r}: only http and https addresses; write others as text"
            )


def _check_table(table: Table) -> None:
    width = len(table.columns)
    if not width or len({column.key for column in table.columns}) != width:
        raise DocumentUnreadable(f"table {table.key}: each column needs a key of its own")
    if len(table.rows) > LONGEST_TABLE:
        raise DocumentUnreadable(
            f"table {table.key}: {len(table.rows)} rows, {LONGEST_TABLE} are the most; add them up"
        )
    if table.keys and len(table.keys) != len(table.rows):
        raise DocumentUnreadable(f"table {table.key}: {len(table.keys)} keys for "
                                 f"{len(table.rows)} rows")  # fmt: skip
    for at, row in enumerate(table.rows, start=1):
        if len(row) != width:
            raise DocumentUnreadable(
                f"table {table.key}, row {at}: {len(row)} cells for {width} columns"
            )


def _pieces(document: Document) -> Iterator[Piece]:
    for block in blocks_of(document.blocks):
        texts: tuple[Text, ...] = ()
        if isinstance(block, Paragraph | Notice):
            texts = (block.text,)
        elif isinstance(block, Bullets):
            texts = block.items
        elif isinstance(block, Table):
            texts = (block.note,)
        elif isinstance(block, Figure):
            texts = (block.table.note,)
        for text in texts:
            yield from _flat(text)


def _flat(text: Text) -> Iterator[Piece]:
    for piece in text:
        yield piece
        if isinstance(piece, Footnote):
            yield from _flat(piece.text)


def _plain(piece: Piece) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Link):
        return f"{piece.text} {piece.address}"
    if isinstance(piece, Name | Strong):
        return piece.text
    return ""


def _row_name(table: Table, row: tuple[Cell, ...]) -> str:
    """Give what names a row: its first cell, and the words of the columns of text after it."""
    told = zip(table.columns, row, strict=True)
    words = [_plain_cell(cell) for column, cell in told if column.kind is ColumnKind.TEXT]
    return ", ".join(filter(None, words)) or _plain_cell(row[0])


def _plain_cell(cell: object) -> str:
    return cell.text if isinstance(cell, Name) else "" if cell is None else str(cell)
