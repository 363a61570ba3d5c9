"""Zip packages read with limits and written so that they tell nothing of their own."""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from lxml import etree

from undaunted.core.evidence.rules import Uncleanable, WhyUncleanable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

__all__ = ["parse_part", "read_package", "serialise", "write_package"]

MOST_PARTS: Final = 20_000
LARGEST_PART: Final = 256 * 1024 * 1024
LARGEST_WHOLE: Final = 512 * 1024 * 1024
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED: Final = 0x1


def read_package(content: BinaryIO) -> dict[str, bytes]:
    """Give every part by name, none of them trusted for its declared size. Raises `Uncleanable`."""
    parts: dict[str, bytes] = {}
    with _as_uncleanable(), zipfile.ZipFile(content) as package:
        entries = package.infolist()
        if len(entries) > MOST_PARTS:
            raise Uncleanable(WhyUncleanable.TOO_LARGE, f"{len(entries)} parts")
        room = LARGEST_WHOLE
        for entry in entries:
            if entry.is_dir():
                continue
            if entry.flag_bits & _ENCRYPTED:
                raise Uncleanable(WhyUncleanable.LOCKED)
            if entry.filename in parts or _points_outside(entry.filename):
                raise Uncleanable(WhyUncleanable.DAMAGED, "a part stands twice or points outside")
            with package.open(entry) as stream:
                data = stream.read(min(LARGEST_PART, room) + 1)
            room -= len(data)
            if len(data) > LARGEST_PART or room < 0:
                raise Uncleanable(WhyUncleanable.TOO_LARGE, "it unpacks to too much")
            parts[entry.filename] = data
    return parts


def _points_outside(name: str) -> bool:
    """Tell whether a careless program would unpack this part elsewhere, on any system."""
    pieces = name.replace("\\", "/").split("/")
    return ".." in pieces or pieces[0] == "" or ":" in pieces[0]


def write_package(parts: Mapping[str, bytes], *, first: str = "") -> bytes:
    """Write parts in order of name, with one date for all and nothing about the machine.

    `first` is written before the others and not compressed, as OpenDocument asks of its type.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in sorted(parts, key=lambda each: (each != first, each)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 0, 0
            package.writestr(entry, parts[name])
    return out.getvalue()


def parse_part(data: bytes) -> etree._Element:
    """Read one part as XML: no document type, no entity, no network. Raises `Uncleanable`."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    with _as_uncleanable():
        tree = etree.fromstring(data, parser)
    if tree.getroottree().docinfo.internalDTD is not None:
        raise Uncleanable(WhyUncleanable.DAMAGED, "a part declares a document type")
    return tree


def serialise(tree: etree._Element) -> bytes:
    """Write XML as Office programs expect it."""
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


@contextmanager
def _as_uncleanable() -> Iterator[None]:
    try:
        yield
    except Uncleanable:
        raise
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        NotImplementedError,
        EOFError,
        IndexError,  # a part without a name
        OSError,
        RuntimeError,
        ValueError,
        zlib.error,
    ) as problem:
        raise Uncleanable(WhyUncleanable.DAMAGED) from problem
