"""To which sizes what is sealed is filled up, so that its length tells little.

Age does not hide length. Everything between one byte and a megabyte leaves as one of five sizes, so
an observer learns at most log2(5) = 2.3 bits; up to 64 MiB sizes double, and beyond they are whole
multiples of 64 MiB. Record keys, which are all equally long, have a size of their own.
"""

from __future__ import annotations

from undaunted.core.vault.rules.bindings import HEADER, TRAILER

__all__ = ["BUCKETS", "KEY_BUCKET", "bucket_for"]

KIB, MIB = 2**10, 2**20
KEY_BUCKET = 256
_TEXT = (4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB + 4 * KIB)
_FILES = tuple(size * MIB for size in (2, 4, 8, 16, 32, 64))
BUCKETS = _TEXT + _FILES
"""Sizes of everything inside an envelope: first bytes, content, filling, length.

The fifth is a megabyte and a little, so that a content of exactly one megabyte fits with its frame.
"""


def bucket_for(length: int, *, key: bool = False) -> int:
    """Give the size to which a content of `length` bytes is filled up, its frame included."""
    whole = HEADER + length + TRAILER
    if key and whole <= KEY_BUCKET:
        return KEY_BUCKET
    for bucket in BUCKETS:
        if whole <= bucket:
            return bucket
    return -(-whole // BUCKETS[-1]) * BUCKETS[-1]
