"""How a package lies in bytes, and how large it may be."""

from __future__ import annotations

import struct

__all__ = ["HEADER", "LAYOUT", "MAGIC", "MOST_PACKAGE", "SMALLEST", "filled_to"]

MAGIC = b"undaunted-share\n"
LAYOUT = struct.Struct(">16sHI64s")
HEADER = LAYOUT.size
SMALLEST = 4096
MOST_PACKAGE = 32 * 2**20


def filled_to(length: int) -> int:
    """Give the size to which a package of `length` bytes is filled up, so that it tells little."""
    return max(SMALLEST, 1 << (length - 1).bit_length())
