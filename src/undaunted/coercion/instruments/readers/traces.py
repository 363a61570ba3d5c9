"""What a document tells: its words, and who made it, when and with what, that nobody sees.

Word, spreadsheets, presentations and open documents are read whole: every text, attribute and
comment of every part, so alternative texts, links, authors and days of changes, variables and
templates; of a sheet also the days that its numbers may be. What is in them and no text, as
pictures and embedded files, is refused, also in letters. Texts are read by `written`; of a PDF
what it says of itself, since its pages are drawn.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import TreeBuilder

import pikepdf
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from undaunted.coercion.instruments.readers.refusals import Unread
from undaunted.coercion.instruments.readers.written import (
    TEXTS,
    check_letters,
    days_of_numbers,
    parts_of_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

__all__ = ["reads_whole", "traces_in"]

MOST: Final = 20_000_000
"""So many bytes of one packed document are read; what is larger is refused unread."""
_PACKED: Final = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp", "docm", "xlsm"})
_BLOCKS: Final = frozenset({"p", "h", "tc", "si", "row", "c"})
"""Where words end for certain; elsewhere marks stand within words too."""
_TOLD: Final = frozenset(
    {"descr", "title", "alt", "summary", "tooltip", "instr", "value", "date-value", "string-value"}
)
"""Attributes whose figures somebody wrote; those of all others are of the layout."""
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{8}T\d{4}")
_MOMENT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?")
"""A moment, of which only the day tells something; its seconds are no figure."""
_SHEET: Final = re.compile(r"worksheets/|chart|pivot|sheet")
_MARKS: Final = frozenset({"documentid", "docid"})
"""Numbers that a program gives a document, and its copies keep."""
_OWN_USE: Final = 0xF000
_LAYOUT: Final = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_MEASURE: Final = re.compile(r"[0-9A-Fa-f]{8}|[-+]?[\d.]+(?:[a-z]{2}|%)?")
"""A length, a colour, the number of a session."""
_KINDS: Final = ("http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/")


def reads_whole(name: str) -> bool:
    """Tell whether a document of this name is read word by word, and not only its metadata."""
    return _ending(name) in _PACKED | TEXTS


def traces_in(
    name: str, content: bytes, *, ours: bool = False, strict: bool = False
) -> tuple[tuple[str, str], ...]:
    """Give parts of a document with their places; of `ours` without the pictures that we put in.

    Raises `Unread` for what cannot be opened, or holds what is no text; where it is `strict`, also
    for numbers by which other documents of the same hand are known.
    """
    ending = _ending(name)
    try:
        if ending in _PACKED:
            return tuple(_packed(name, content, ours=ours, strict=strict))
        if ending == "pdf":
            return tuple(_of_pdf(name, content))
        if ending in TEXTS:
            return tuple(parts_of_text(name, ending, content.decode("utf-8-sig")))
    except (
        zipfile.BadZipFile, pikepdf.PdfError, UnicodeDecodeError, ParseError, DefusedXmlException,
        RuntimeError, NotImplementedError, LookupError,
    ) as error:  # fmt: skip
        raise Unread(f"{name}: cannot be opened as {ending}; give a file that is whole") from error
    raise Unread(
        f"{name}: is of a kind that cannot be looked into; give it as Word or text, or mark it "
        "confidential"
    )


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _packed(name: str, content: bytes, *, ours: bool, strict: bool) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        if opened.comment:
            yield f"{name}, comment of the archive", opened.comment.decode("utf-8", "replace")
        if sum(each.file_size for each in opened.infolist()) > MOST:
            raise Unread(f"{name}: unpacks to more than {MOST:,} bytes; give a smaller file")
        for each in opened.infolist():
            place = f"{name}, {each.filename}"
            yield f"{name}, its parts", each.filename
            if each.comment:
                yield f"{name}, comment of the archive", each.comment.decode("utf-8", "replace")
            if _ending(each.filename) in {"xml", "rels", "rdf"}:
                root = _root(opened.read(each))
                if strict:
                    _check_marks(place, root)
                yield from _of_xml(place, root, ours=ours)
            elif each.filename == "mimetype":
                yield place, opened.read(each).decode("utf-8", "replace")
            elif not ours and not each.is_dir():
                way = (
                    "write a copy without it by `undaunted instruments clean`"
                    if each.filename.startswith("docProps/")
                    else "take it out of the document"
                )
                raise Unread(
                    f"{place}: is no text and cannot be looked into; {way}, or mark the document "
                    "confidential"
                )


def _root(content: bytes) -> Element:
    builder = TreeBuilder(insert_comments=True, insert_pis=True)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    parser.feed(content)
    root: Element = parser.close()
    return root


def _check_marks(place: str, root: Element) -> None:
    for each in root.iter():
        for name in (_local(each.tag), *map(_local, each.attrib)):
            if name.lower().startswith("rsid") or name.lower() in _MARKS:
                raise Unread(
                    f"{place}: holds numbers of the sessions in which it was written ({name}), by "
                    "which other documents of the same hand are known; write a copy without them "
                    "by `undaunted instruments clean`, or mark the document confidential"
                )


def _of_xml(place: str, root: Element, *, ours: bool) -> Iterator[tuple[str, str]]:
    words: list[str] = []
    _words(root, words)
    yield place, _MOMENT.sub(r"\1", "".join(words))
    apart = "\n".join(each.strip() for each in root.itertext() if each.strip())
    yield place, _MOMENT.sub(r"\1", apart)
    told = [text for each in root.iter() for text in _attributes(each)]
    yield f"{place}, what is not shown", "\n".join(dict.fromkeys(told))
    if not ours:
        for text in (
            "".join(words),
            *(told for each in root.iter() for told in each.attrib.values()),
        ):
            check_letters(place, text)
        if _SHEET.search(place):
            yield f"{place}, numbers read as days", days_of_numbers("".join(words))


def _words(root: Element, words: list[str]) -> None:
    """Put words together as they are read, across the marks within them."""
    waiting: list[Element | str] = [root]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            words.append(each)
            continue
        after = "\n" if _local(each.tag) in _BLOCKS else ""
        waiting.append(after + (each.tail or ""))
        waiting.extend(reversed(each))
        waiting.append("" if not isinstance(each.tag, str) else (each.text or "") + _symbol(each))


def _symbol(element: Element) -> str:
    """Give the letter that a symbol of Word is: F041 in a font of signs stands where A stands."""
    if _local(element.tag) != "sym":
        return ""
    told = next((text for key, text in element.attrib.items() if _local(key) == "char"), "")
    try:
        number = int(told, 16)
        return chr(number - _OWN_USE if _OWN_USE <= number < _OWN_USE + 256 else number)
    except (ValueError, OverflowError):
        return ""


def _attributes(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str):  # a comment or an instruction to programs
        yield element.text or ""
        return
    for key, text in element.attrib.items():
        if _local(key) in _TOLD or _local(element.tag) == "docVar" or _DAY.search(text):
            yield _MOMENT.sub(r"\1", text)
        elif not _MEASURE.fullmatch(text) and not text.startswith(_KINDS):
            yield _LAYOUT.sub(" ", text)


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _of_pdf(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        for key, value in (opened.trailer.get("/Info") or {}).items():
            yield f"{name}, {key}", str(value)
        with opened.open_metadata(set_pikepdf_as_editor=False) as told:
            for key, value in told.items():
                yield f"{name}, {key}", str(value)
        for attached in opened.attachments:
            yield f"{name}, attachment", attached
