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

from typing import TYPE_CHECKING

from undaunted.core.sharing.rules import (
    FORMAT,
    LAYOUT,
    MAGIC,
    MOST_PACKAGE,
    AltogetherTooLarge,
    filled_to,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["write_package"]


def write_package(manifest: bytes, signature: bytes, contents: Iterable[bytes]) -> bytes:
    """Give the bytes to seal. Raises `AltogetherTooLarge`."""
    head = LAYOUT.pack(MAGIC, FORMAT, len(manifest), signature)
    whole = b"".join((head, manifest, *contents))
    if len(whole) > MOST_PACKAGE:
        raise AltogetherTooLarge(
            f"the package has {len(whole)} bytes, {MOST_PACKAGE} are the most; share in parts"
        )
    return whole.ljust(filled_to(len(whole)), b"\0")
