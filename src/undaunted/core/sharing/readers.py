"""A package that arrived: its signature first, then its list of contents, then each checksum."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from undaunted.core.sharing.rules import (
    FORMAT,
    HEADER,
    LAYOUT,
    MAGIC,
    MOST_MANIFEST,
    MOST_PACKAGE,
    AltogetherTooLarge,
    ForeignSignature,
    Item,
    Manifest,
    PackageUnreadable,
    check_signature,
    filled_to,
    fingerprint,
    read_manifest,
    same_fingerprint,
)

__all__ = ["MOST_SEALED", "Package", "check_sender", "read_package"]

MOST_SEALED = MOST_PACKAGE + 2**20
"""Bytes of a sealed file that are looked at; a longer one cannot hold a package."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose signature fits the key it names, with its contents in order."""

    manifest: Manifest
    signed: bytes
    signature: bytes
    contents: tuple[tuple[Item, bytes], ...]


def read_package(content: bytes) -> Package:
    """Read an opened package. Raises a `ShareRefused` that names what is wrong.

    Whether the key it names is that of somebody known is for the caller to ask.
    """
    if not content.startswith(MAGIC) or len(content) < HEADER:
        raise PackageUnreadable("this is not an opened package of Undaunted")
    if len(content) > MOST_PACKAGE:
        raise AltogetherTooLarge(f"the package has more than {MOST_PACKAGE} bytes")
    _, form, length, signature = LAYOUT.unpack(content[:HEADER])
    if form != FORMAT:
        raise PackageUnreadable(f"format {form}; this version reads format {FORMAT} only")
    if length > min(MOST_MANIFEST, len(content) - HEADER):
        raise PackageUnreadable("the list of contents is longer than the package")
    signed = content[HEADER : HEADER + length]
    manifest = read_manifest(signed)
    check_signature(manifest.from_key, signature, signed)
    return Package(manifest, signed, signature, _contents(manifest, content, HEADER + length))


def check_sender(package: Package, expected: str) -> None:
    """Raise `ForeignSignature` unless the sender's keys have the fingerprint `expected`."""
    told = package.manifest
    if not same_fingerprint(expected, fingerprint(told.from_key, told.from_recipient)):
        raise ForeignSignature("signed by somebody else than the fingerprint says")


def _contents(manifest: Manifest, content: bytes, start: int) -> tuple[tuple[Item, bytes], ...]:
    found = []
    for number, item in enumerate(manifest.items, start=1):
        piece = content[start : start + item.length]
        start += item.length
        if hashlib.sha256(piece).hexdigest() != item.sha256:
            raise PackageUnreadable(f"item {number} is not what the signed list says")
        found.append((item, piece))
    if len(content) != filled_to(start) or content[start:].strip(b"\0"):
        raise PackageUnreadable("something follows the last item, or a part is missing")
    return tuple(found)
