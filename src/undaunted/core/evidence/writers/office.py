"""Word, Excel and PowerPoint files (ECMA-376) without authors, comments, revisions and traces."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from undaunted.core.evidence.rules import Cleaned, MediaKind, Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.packages import (
    parse_part,
    read_package,
    serialise,
    write_package,
)
from undaunted.core.evidence.writers.pictures_inside import clean_picture_part

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["clean_office"]

_TYPES: Final = "[Content_Types].xml"
_HYPERLINK: Final = "/hyperlink"
_NOWHERE: Final = "about:blank"
_DROPPED: Final = (
    ("docProps/", "document_properties"),
    ("customXml/", "hidden_data"),
    ("word/comments", "comments"),
    ("word/people", "comments"),
    ("xl/comments", "comments"),
    ("xl/threadedComments/", "comments"),
    ("xl/persons/", "comments"),
    ("ppt/comments", "comments"),
    ("ppt/commentAuthors", "comments"),
    ("ppt/authors", "comments"),
    ("ppt/tags/", "hidden_data"),
    ("ppt/changesInfos/", "earlier_versions"),
    ("ppt/revisionInfo", "earlier_versions"),
    ("xl/revisions/", "earlier_versions"),
    ("xl/userRevisions", "earlier_versions"),
    ("xl/printerSettings/", "printer_settings"),
    ("ppt/printerSettings/", "printer_settings"),
    ("word/printerSettings/", "printer_settings"),
    ("xl/externalLinks/", "outside_links"),
    ("xl/connections", "outside_links"),
    ("xl/queryTables/", "outside_links"),
    ("xl/calcChain", "hidden_data"),
    ("_xmlsignatures/", "signatures"),
    ("userCustomization/", "hidden_data"),
    ("word/webSettings", "hidden_data"),
)  # fmt: skip
_PROGRAMS: Final = ("vbaproject", "vbadata", "/activex/", "/macrosheets/", "/dialogsheets/")
_FILES_INSIDE: Final = ("/embeddings/", "/oleobject")
_GONE_ELEMENTS: Final = {
    "rsid": "earlier_versions",
    "rsids": "earlier_versions",
    "attachedTemplate": "outside_links",
    "docVars": "hidden_data",
    "mailMerge": "outside_links",
    "documentProtection": "hidden_data",
    "writeProtection": "hidden_data",
    "commentRangeStart": "comments",
    "commentRangeEnd": "comments",
    "commentReference": "comments",
    "legacyDrawing": "comments",
    "fileSharing": "document_properties",
    "absPath": "document_properties",
    "revisionPtr": "earlier_versions",
    "externalReferences": "outside_links",
    "docId": "document_properties",
    "del": "earlier_versions",
    "moveFrom": "earlier_versions",
    "rPrChange": "earlier_versions",
    "pPrChange": "earlier_versions",
    "sectPrChange": "earlier_versions",
    "tblPrChange": "earlier_versions",
    "tblGridChange": "earlier_versions",
    "tcPrChange": "earlier_versions",
    "trPrChange": "earlier_versions",
    "numberingChange": "earlier_versions",
    "custDataLst": "hidden_data",
}
_UNWRAPPED: Final = frozenset({"ins", "moveTo"})
_GONE_ATTRIBUTES: Final = frozenset(
    {"rsidR", "rsidRPr", "rsidRDefault", "rsidP", "rsidTr", "rsidSect", "rsidDel", "author",
     "initials", "paraId", "textId", "uid", "lastEdited", "lowestEdited", "rupBuild", "codeName"}
)  # fmt: skip
_FETCHING: Final = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|DDE|DDEAUTO|LINK|IMPORT|RTD|WEBSERVICE|IMAGE|CALL|REGISTER)\b",
    re.IGNORECASE,
)
"""Fields and formulas that fetch from elsewhere when the file is opened; their result stays."""
_REVISING: Final = frozenset({"ins", "del"})
"""In `w:rPr` and `w:trPr` they mark that a paragraph's end or a row was added or taken out."""


def clean_office(content: BinaryIO, kind: MediaKind) -> Cleaned:
    """Write an Office file anew with what it shows and nothing of how it came about.

    Insertions are taken as made, deletions as done. Programs and files inside are refused, since
    nobody has looked into them. Raises `Uncleanable`.
    """
    parts = read_package(content)
    removed: set[str] = set()
    for name in parts:
        _refuse(name)
    gone = {name: told for name in parts for begin, told in _DROPPED if name.startswith(begin)}
    removed |= set(gone.values())
    kept = {name: data for name, data in parts.items() if name not in gone}
    clean: dict[str, bytes] = {}
    for name, data in kept.items():
        clean[name] = _clean_part(name, data, kept, removed)
    shows = ("hidden_sheets",) if kind is MediaKind.XLSX and _hidden(clean) else ()
    notes = ("speaker_notes",) if any(n.startswith("ppt/notesSlides/") for n in clean) else ()
    return Cleaned(write_package(clean, first=_TYPES), kind, tuple(sorted(removed)), shows + notes)


def _refuse(name: str) -> None:
    lower = f"/{name.lower()}"
    if any(each in lower for each in _PROGRAMS):
        raise Uncleanable(WhyUncleanable.PROGRAM, name)
    if any(each in lower for each in _FILES_INSIDE):
        raise Uncleanable(WhyUncleanable.FILE_INSIDE, name)


def _clean_part(name: str, data: bytes, kept: dict[str, bytes], removed: set[str]) -> bytes:
    if name == _TYPES:
        return _clean_types(data, kept)
    if name.endswith(".rels"):
        return _clean_relations(name, data, kept, removed)
    if name.endswith((".xml", ".vml")):
        tree = parse_part(data)
        _clean_tree(tree, removed)
        return serialise(tree)
    return clean_picture_part(name, data, removed)


def _clean_types(data: bytes, kept: dict[str, bytes]) -> bytes:
    tree = parse_part(data)
    for entry in list(tree):
        part = entry.get("PartName")
        if part is not None and part.lstrip("/") not in kept:
            tree.remove(entry)
    return serialise(tree)


def _clean_relations(name: str, data: bytes, kept: dict[str, bytes], removed: set[str]) -> bytes:
    """Drop relations to what is gone, and to anything outside but a plain link."""
    tree = parse_part(data)
    folder, _, _file = name.rpartition("/_rels/")
    for relation in list(tree):
        target = relation.get("Target", "")
        if relation.get("TargetMode") == "External":
            if relation.get("Type", "").endswith(_HYPERLINK) and target.startswith("http"):
                continue
            if target == _NOWHERE:
                continue
            removed.add("outside_links")
            # A link to a file on somebody's disk tells a name and a path; the text of it stays.
            relation.set("Target", _NOWHERE)
            continue
        place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        if posixpath.normpath(place.split("#")[0]) not in kept:
            tree.remove(relation)
    return serialise(tree)


def _clean_tree(tree: etree._Element, removed: set[str]) -> None:
    for element in list(tree.iter(etree.Element)):
        local = etree.QName(element).localname
        parent = element.getparent()
        if parent is not None and local in _REVISING and _marks(parent):
            parent.remove(element)
            removed.add("earlier_versions")
        elif parent is not None and local in _GONE_ELEMENTS:
            removed.add(_GONE_ELEMENTS[local])
            _remove(element, parent)
        elif parent is not None and local in _UNWRAPPED and element.get(_w("author")) is not None:
            removed.add("earlier_versions")
            _unwrap(element, parent)
        elif local in {"instrText", "f"} and _FETCHING.search(element.text or ""):
            removed.add("outside_links")
            element.text = ""
        for key in list(element.attrib):
            if etree.QName(key).localname == "instr" and _FETCHING.search(str(element.get(key))):
                element.set(key, "")
            if etree.QName(key).localname in _GONE_ATTRIBUTES:
                del element.attrib[key]


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _marks(parent: etree._Element) -> bool:
    return etree.QName(parent).localname in {"rPr", "trPr"}


def _remove(element: etree._Element, parent: etree._Element) -> None:
    if element.tail and (before := element.getprevious()) is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _unwrap(element: etree._Element, parent: etree._Element) -> None:
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place, child)
    parent.remove(element)


def _hidden(parts: dict[str, bytes]) -> bool:
    workbook = parts.get("xl/workbook.xml")
    if workbook is None:
        return False
    states = {sheet.get("state") for sheet in parse_part(workbook).iter("{*}sheet")}
    return bool(states & {"hidden", "veryHidden"})
