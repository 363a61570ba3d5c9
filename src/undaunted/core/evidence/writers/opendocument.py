"""OpenDocument files (ISO/IEC 26300) without authors, comments, tracked changes and traces."""

from __future__ import annotations

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

__all__ = ["clean_opendocument"]

_TYPE: Final = "mimetype"
_MANIFEST: Final = "META-INF/manifest.xml"
_DROPPED: Final = (
    ("meta.xml", "document_properties"),
    ("settings.xml", "hidden_data"),
    ("layout-cache", "hidden_data"),
    ("Thumbnails/", "earlier_versions"),
    ("Versions/", "earlier_versions"),
    ("VersionList.xml", "earlier_versions"),
    ("Configurations2/", "hidden_data"),
    ("META-INF/documentsignatures.xml", "signatures"),
    ("manifest.rdf", "hidden_data"),
)
_PROGRAMS: Final = ("Basic/", "Scripts/", "Dialogs/")
_GONE_ELEMENTS: Final = {
    "tracked-changes": "earlier_versions",
    "change": "earlier_versions",
    "change-start": "earlier_versions",
    "change-end": "earlier_versions",
    "annotation": "comments",
    "annotation-end": "comments",
    "scripts": "scripts",
    "event-listeners": "scripts",
    "dde-connection-decls": "outside_links",
    "meta": "document_properties",
    "editing-duration": "document_properties",
}
_GONE_ATTRIBUTES: Final = frozenset(
    {"rsid", "paragraph-rsid", "protection-key", "visited-style-name"}
)
_FILE_WITHIN: Final = "{*}binary-data"
"""A picture or another file that stands among the words, written in letters."""
_XML_PARTS: Final = ("content.xml", "styles.xml")


def clean_opendocument(content: BinaryIO, kind: MediaKind) -> Cleaned:
    """Write an OpenDocument file anew; insertions as made, deletions as done.

    Programs, encrypted parts and unknown files inside are refused. Raises `Uncleanable`.
    """
    removed: set[str] = set()
    clean: dict[str, bytes] = {}
    for name, data in read_package(content).items():
        told = next((word for begin, word in _DROPPED if name.startswith(begin)), "")
        if told:
            removed.add(told)
        elif name.startswith(_PROGRAMS):
            raise Uncleanable(WhyUncleanable.PROGRAM, name)
        else:
            clean[name] = _clean_part(name, data, removed)
    clean[_TYPE] = kind.value.encode("ascii")
    clean[_MANIFEST] = _clean_manifest(clean)
    return Cleaned(write_package(clean, first=_TYPE), kind, tuple(sorted(removed)))


def _clean_part(name: str, data: bytes, removed: set[str]) -> bytes:
    if name in {_TYPE, _MANIFEST}:
        return data
    if name.rpartition("/")[2] in _XML_PARTS:
        tree = parse_part(data)
        _clean_tree(tree, removed)
        if next(tree.iter(_FILE_WITHIN), None) is not None:
            raise Uncleanable(WhyUncleanable.FILE_INSIDE, name)
        return serialise(tree)
    if name.startswith("ObjectReplacements/"):
        raise Uncleanable(WhyUncleanable.FILE_INSIDE, name)
    return clean_picture_part(name, data, removed)


def _clean_tree(tree: etree._Element, removed: set[str]) -> None:
    for element in list(tree.iter(etree.Element)):
        parent = element.getparent()
        local = etree.QName(element).localname
        if parent is not None and local in _GONE_ELEMENTS:
            removed.add(_GONE_ELEMENTS[local])
            _remove(element, parent)
            continue
        for key, value in list(element.attrib.items()):
            own = etree.QName(key)
            if own.localname in _GONE_ATTRIBUTES:
                del element.attrib[key]
            elif own.localname == "href" and _leads_outside(element, str(value)):
                removed.add("outside_links")
                element.attrib[key] = ""


def _leads_outside(element: etree._Element, address: str) -> bool:
    """Tell whether an address reaches out of the file; plain links a reader clicks may stay."""
    if etree.QName(element).localname == "a":
        return not address.startswith(("http://", "https://", "#", "mailto:"))
    return address.startswith(("/", "..")) or ":" in address


def _remove(element: etree._Element, parent: etree._Element) -> None:
    if element.tail and (before := element.getprevious()) is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _clean_manifest(clean: dict[str, bytes]) -> bytes:
    """List what is left; a manifest that declares encryption is refused."""
    tree = parse_part(clean[_MANIFEST]) if _MANIFEST in clean else None
    if tree is None:
        raise Uncleanable(WhyUncleanable.DAMAGED, "no manifest")
    for entry in list(tree):
        if len(entry):
            raise Uncleanable(WhyUncleanable.LOCKED)
        path = next((str(v) for k, v in entry.attrib.items() if k.endswith("}full-path")), "")
        if path != "/" and path not in clean:
            tree.remove(entry)
    return serialise(tree)
