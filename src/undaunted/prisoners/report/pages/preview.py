"""A text as its readers will see it, its differences from another, and numbers to insert."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from undaunted.core.editions.rules import (
    Bullets,
    Footnote,
    Link,
    Number,
    Paragraph,
    Reference,
    Strong,
    numbers_of,
)
from undaunted.core.editions.rules.numerals import suggested
from undaunted.core.editions.rules.walking import blocks_of, tables_in
from undaunted.prisoners.report.rules.marks import segments_of
from undaunted.site.components.numbers import number_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from undaunted.core.editions.rules import Block, Document, Piece, Text
    from undaunted.prisoners.report.rules.marks import Reading

__all__ = ["Insertable", "Preview", "compared", "insertable", "offered", "preview", "unknown_keys"]

MOST_FOUND = 25

Shown = dict[str, Any]


@dataclass(slots=True)
class Preview:
    """Blocks for the template; nothing in them is markup."""

    blocks: list[Shown] = field(default_factory=list)
    notes: list[list[Shown]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Insertable:
    """A number, table or figure that may be named, with its mark."""

    mark: str
    words: str
    value: str


def preview(blocks: Sequence[Block], figures: Mapping[str, float | None]) -> Preview:
    """Give a text for the template, with the numbers of the newest report."""
    shown = Preview()

    def text(pieces: Text) -> list[Shown]:
        return [piece(each) for each in pieces]

    def piece(each: Piece) -> Shown:
        if isinstance(each, Footnote):
            told = text(each.text)
            shown.notes.append(told)
            return {"sort": "note", "at": len(shown.notes)}
        return _piece(each, figures)

    for block in blocks:
        if isinstance(block, Bullets):
            shown.blocks.append({"points": [text(each) for each in block.items]})
        elif isinstance(block, Paragraph):
            shown.blocks.append({"text": text(block.text)})
    return shown


def compared(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Give the paragraphs and points of two texts side by side, in reading order."""
    old = [each.flat for each in segments_of(before)]
    new = [each.flat for each in segments_of(after)]
    for _sort, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        for at in range(max(b - a, d - c)):
            first = old[a + at] if a + at < b else ""
            yield first, new[c + at] if c + at < d else ""


def offered(reading: Reading, figures: Mapping[str, float | None]) -> list[Shown]:
    """Give the numbers typed by hand, each with the marks that could stand there instead."""
    return [
        {
            "typed": each,
            "marks": [f"{{number:{key}}}" for key in suggested(each.text, figures)],
        }
        for each in reading.typed
    ]


def unknown_keys(reading: Reading, figures: Mapping[str, float | None]) -> tuple[str, ...]:
    """Give the keys whose number the newest report does not have; none before one was built."""
    if not figures:
        return ()
    named = (mark.key for mark in reading.marks if mark.sort == "number")
    return tuple(dict.fromkeys(key for key in named if figures.get(key) is None))


def insertable(document: Document | None, wanted: str) -> tuple[Insertable, ...]:
    """Give the numbers, tables and figures whose words or keys hold all words of `wanted`."""
    asked = wanted.casefold().split()
    if document is None or not asked:
        return ()
    found = [
        each
        for each in _insertable(document)
        if all(word in f"{each.words} {each.mark}".casefold() for word in asked)
    ]
    return tuple(found[:MOST_FOUND])


def _insertable(document: Document) -> Iterator[Insertable]:
    for table in tables_in(document):
        yield Insertable(f"{{table:{table.key}}}", table.caption, "")
    for block in blocks_of(document.blocks):
        caption = getattr(block, "caption", "")
        if caption and hasattr(block, "alternative"):
            yield Insertable(f"{{table:{getattr(block, 'key', '')}}}", caption, "")
    for key, (words, value) in numbers_of(document).items():
        if value is not None:
            yield Insertable(f"{{number:{key}}}", words, number_text(value))


def _piece(piece: Piece, figures: Mapping[str, float | None]) -> Shown:
    if isinstance(piece, str):
        return {"sort": "text", "text": piece}
    if isinstance(piece, Strong):
        return {"sort": "strong", "text": piece.text}
    if isinstance(piece, Link):
        return {"sort": "link", "text": piece.text, "address": piece.address}
    if isinstance(piece, Reference):
        return {"sort": "table", "text": piece.to}
    if isinstance(piece, Number) and figures.get(piece.key) is not None:
        return {"sort": "number", "text": number_text(figures[piece.key]), "key": piece.key}
    return {"sort": "unknown", "text": getattr(piece, "key", "")}
