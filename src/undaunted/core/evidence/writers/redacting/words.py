"""Words taken out of texts, Word files, sheets, slides and open documents, in every part of them.

Formatting cuts words into pieces and programs keep them a second time: as a value, as an attribute,
as a reading. Each paragraph is read as one text across its pieces, attributes are read too, and
formulas, readings and hidden runs, which no page shows, go.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from undaunted.core.evidence.rules import (
    BLACK,
    MediaKind,
    PassageMissing,
    Passages,
    Redacted,
    Unredactable,
    WhyUnredactable,
)
from undaunted.core.evidence.writers.packages import (
    parse_part,
    read_package,
    serialise,
    write_package,
)
from undaunted.core.evidence.writers.redacting.attributes import Names, is_strange, spans_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["redact_package", "redact_plain"]

_FIRST: Final = {
    MediaKind.DOCX: "[Content_Types].xml",
    MediaKind.XLSX: "[Content_Types].xml",
    MediaKind.PPTX: "[Content_Types].xml",
}
_BLOCKS: Final = frozenset({"p", "h", "si", "is", "c", "tc", "row", "table-cell"})
_READ: Final = frozenset({"p", "h", "si", "is", "c"})
_BLANKS: Final = frozenset({"tab", "br", "cr", "s", "line-break"})
_APART: Final = frozenset({"txbxContent", "instrText", "text-box", "note-body"})
"""What stands within a paragraph and is no part of its sentence."""
_GONE: Final = frozenset({"f", "rPh", "phoneticPr", "rt", "ruby-text", "hidden-text"})
"""Formulas, which compute a value anew; readings of a word; text that is shown to nobody."""
_VALUES: Final = frozenset(
    {"value", "string-value", "date-value", "time-value", "boolean-value", "formula", "currency"}
)
_LETTERS, _SIGNS = 4, 7
_WORD: Final = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
_LINKS: Final = frozenset({"Target", "href"})
_INDEX: Final = frozenset({"s", "b", "e"})
"""Cells whose value is the number of a text, a truth or an error."""


def redact_plain(text: str, passages: Iterable[str]) -> Redacted:
    """Black out passages of a text or a table. Raises `Unredactable`."""
    black = Passages(passages)
    _require(black, black.found([text]))
    copy = black.over(text)
    if black.found([copy]):
        raise Unredactable(WhyUnredactable.STILL_THERE)
    return Redacted(copy.encode(), MediaKind.TEXT, len(black.spans(text)))


def redact_package(content: bytes, kind: MediaKind, passages: Iterable[str]) -> Redacted:
    """Black out passages in every part of a clean copy. Raises `Unredactable`, `Uncleanable`."""
    work = _Work(tuple(passages), kind)
    parts = {
        name: work.over(name, data) for name, data in read_package(io.BytesIO(content)).items()
    }
    _require(work.all, frozenset(work.found))
    made = write_package(parts, first=_FIRST.get(kind, "mimetype"))
    if lines := work.left_in(made):
        raise Unredactable(WhyUnredactable.STILL_THERE, sorted(lines))
    media = any(name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp"))
                for name in parts)  # fmt: skip
    notes = any(name.startswith("ppt/notesSlides/") for name in parts)
    kept = ("pictures_inside",) * media + ("speaker_notes",) * notes
    return Redacted(made, kind, work.places, kept)


class _Work:
    """Passages on their way through the parts of one file."""

    def __init__(self, passages: tuple[str, ...], kind: MediaKind) -> None:
        self.all = Passages(passages)
        self.long = Passages(each if _is_long(each) else "" for each in passages)
        self.found: set[int] = set()
        self.places = 0
        self._names = Names()
        self._mixed = kind in {MediaKind.ODT, MediaKind.ODS, MediaKind.ODP}

    def over(self, name: str, data: bytes) -> bytes:
        """Give a part without the passages; pictures stay as they are."""
        if not name.endswith((".xml", ".vml", ".rels")):
            return data
        tree = parse_part(data)
        _bare(tree)
        for stream in self._streams(tree):
            self._black(stream)
        for element in tree.iter(etree.Element):
            self._attributes(element)
        return serialise(tree)

    def left_in(self, made: bytes) -> set[int]:
        """Read a copy again, another way; give the lines of what can still be found in it."""
        left: set[int] = set()
        for name, data in read_package(io.BytesIO(made)).items():
            left |= self.long.found([name])
            if not name.endswith((".xml", ".vml", ".rels")):
                continue
            tree = parse_part(data)
            blocks = (each for each in tree.iter(etree.Element) if _local(each) in _READ)
            left |= self.all.found("".join(each.itertext()) for each in blocks if not _index(each))
            for stream in self._streams(tree):
                left |= self.all.found([stream.text()])
            for element in tree.iter(etree.Element):
                left |= {0} if is_strange(element, self.long) else set()
                for key, value in element.attrib.items():
                    spans = self._spans(element, str(key), str(value))
                    left |= self.all.found(str(value)[start:end] for start, end in spans)
        return left

    def _black(self, stream: _Stream) -> None:
        text = stream.text()
        self.found |= self.all.found([text])
        spans = self.all.spans(text)
        self.places += len(spans)
        for start, end in reversed(spans):
            stream.cut(start, end)

    def _attributes(self, element: etree._Element) -> None:
        for key, value in list(element.attrib.items()):
            spans = self._spans(element, str(key), str(value))
            if not spans:
                continue
            self.found |= self.all.found(str(value)[start:end] for start, end in spans)
            self.places += 1
            if etree.QName(key).localname in _VALUES and _local(element) == "table-cell":
                _as_words(element)
            elif etree.QName(key).localname in _LINKS:
                element.set(key, "about:blank")
            else:
                told = str(value)
                for start, end in reversed(spans):
                    told = told[:start] + BLACK + told[end:]
                element.set(key, self._names.over(element, str(key), str(value), told))

    def _spans(self, element: etree._Element, key: str, value: str) -> list[tuple[int, int]]:
        return spans_in(element, key, value, self.all, self.long)

    def _streams(self, tree: etree._Element) -> list[_Stream]:
        held = [_Stream(), _Stream()]  # what is read; what fields are told to do, over their pieces
        self._walk(tree, held[0], held)
        return held

    def _walk(self, element: etree._Element, stream: _Stream, held: list[_Stream]) -> None:
        local = _local(element)
        if local == "instrText":
            stream = held[1]
        elif local in _APART:
            stream = _Stream()
            held.append(stream)
        if local in _BLOCKS or local in _BLANKS:
            stream.part()
        if element.text and not _index(element) and self._counts(local, element.text):
            stream.add(element, element.text, _set_text)
        for child in element:
            if not isinstance(child.tag, str):
                continue
            self._walk(child, stream, held)
            if child.tail and self._counts("", child.tail):
                stream.add(child, child.tail, _set_tail)
        if local in _BLOCKS:
            stream.part()

    def _counts(self, local: str, text: str) -> bool:
        """Tell whether white space is meant: between the elements of Office files it is not."""
        return self._mixed or local == "t" or not text.isspace()


class _Stream:
    """One text made of the pieces of many elements, which can be cut across them."""

    def __init__(self) -> None:
        self._pieces: list[list[Any]] = []
        """Element (None between blocks), text, how it is written back."""

    def part(self) -> None:
        """Let the next piece stand apart."""
        self._pieces.append([None, "\n", None])

    def add(
        self, element: etree._Element, text: str, write: Callable[[etree._Element, str], None]
    ) -> None:
        """Add a piece."""
        self._pieces.append([element, text, write])

    def text(self) -> str:
        """Give the whole."""
        return "".join(piece[1] for piece in self._pieces)

    def cut(self, start: int, end: int) -> None:
        """Put one bar in place of a span; later spans are cut first."""
        at, bar = 0, BLACK
        for piece in self._pieces:
            element, text, write = piece
            begin, stop = max(start - at, 0), min(end - at, len(text))
            at += len(text)
            if element is not None and begin < stop:
                piece[1] = text[:begin] + bar + text[stop:]
                bar = ""
                write(element, piece[1])
            if at >= end:
                return


def _set_text(element: etree._Element, text: str) -> None:
    element.text = text
    if _local(element) == "t" and etree.QName(element).namespace in _WORD:
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    parent = element.getparent()
    if _local(element) == "v" and parent is not None and _local(parent) == "c":
        parent.set("t", "str")
    for above in element.iterancestors():
        if _local(above) == "table-cell":
            _as_words(above)


def _set_tail(element: etree._Element, text: str) -> None:
    element.tail = text
    for above in element.iterancestors():
        if _local(above) == "table-cell":
            _as_words(above)


def _as_words(cell: etree._Element) -> None:
    """Let a cell hold the words that it shows, and no value beside them."""
    for key in list(cell.attrib):
        own = etree.QName(key)
        if own.localname in _VALUES:
            del cell.attrib[key]
        elif own.localname == "value-type":
            cell.set(key, "string")


def _bare(tree: etree._Element) -> None:
    """Take out what no page shows, and show what was hidden."""
    for element in list(tree.iter(etree.Element)):
        local, parent = _local(element), element.getparent()
        if parent is not None and (local in _GONE or _is_hidden_run(element)):
            _remove(element, parent)
            continue
        for key in list(element.attrib):
            own = etree.QName(key).localname
            if own == "gfxdata":  # the shape once more, packed
                del element.attrib[key]
                continue
            hides = local in {"sheet", "row", "col"} and own in {"state", "hidden"}
            if hides or (local.startswith("table") and own in {"visibility", "formula"}):
                del element.attrib[key]


def _is_hidden_run(element: etree._Element) -> bool:
    return _local(element) == "r" and any(
        _local(mark) in {"vanish", "webHidden"} and _is_on(mark)
        for marks in element
        if isinstance(marks.tag, str) and _local(marks) == "rPr"
        for mark in marks.iter(etree.Element)
    )


def _is_on(mark: etree._Element) -> bool:
    return not any(str(value) in {"0", "false", "off"} for value in mark.attrib.values())


def _remove(element: etree._Element, parent: etree._Element) -> None:
    if element.tail and (before := element.getprevious()) is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _index(element: etree._Element) -> bool:
    """Tell whether an element holds the number of a text, or is the cell around it."""
    cell = element.getparent() if _local(element) == "v" else element
    return cell is not None and _local(cell) == "c" and cell.get("t", "") in _INDEX


def _is_long(passage: str) -> bool:
    signs = "".join(passage.split())
    return sum(each.isalpha() for each in signs) >= _LETTERS or len(signs) >= _SIGNS


def _local(element: etree._Element) -> str:
    local: str = etree.QName(element).localname
    return local


def _require(black: Passages, found: frozenset[int]) -> None:
    try:
        black.require(found)
    except PassageMissing as missing:
        raise Unredactable(WhyUnredactable.PASSAGE_MISSING, missing.lines) from missing
