r"""A package as bytes, before it is sealed: signature, list of contents, contents, filling.

    offset  bytes  holds
    0       16     "undaunted-share\n"
    16      2      format, 1
    18      4      length of the list of contents
    22      64     Ed25519 signature over "undaunted share 1\0" and the list of contents
    86             list of contents: canonical JSON
                   the items, one after another, in its order
                   zeros up to the next power of two, 4096 at least

Numbers are unsigned and big-endian. Nothing is compressed, so nothing unfolds.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from undaunted.core.sharing.rules import FORMAT, AltogetherTooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["HEADER", "LAYOUT", "MAGIC", "MOST_PACKAGE", "SMALLEST", "filled_to", "write_package"]

MAGIC = b"undaunted-share\n"
LAYOUT = struct.Struct(">16sHI64s")
HEADER = LAYOUT.size
SMALLEST = 4096
MOST_PACKAGE = 32 * 2**20


def write_package(manifest: bytes, signature: bytes, contents: Iterable[bytes]) -> bytes:
    """Give the bytes to seal. Raises `AltogetherTooLarge`."""
    head = LAYOUT.pack(MAGIC, FORMAT, len(manifest), signature)
    whole = b"".join((head, manifest, *contents))
    if len(whole) > MOST_PACKAGE:
        raise AltogetherTooLarge(
            f"the package has {len(whole)} bytes, {MOST_PACKAGE} are the most; share in parts"
        )
    return whole.ljust(filled_to(len(whole)), b"\0")


def filled_to(length: int) -> int:
    """Give the size to which a package of `length` bytes is filled up, so that it tells little."""
    return max(SMALLEST, 1 << (length - 1).bit_length())
