"""Which copy is this? A number in the manifest and in each text, and the order of the items.

It proves that bytes come from the copy made for one recipient, to whoever knows the copies. It does
not prove who passed them on, the sender could have done so as well, and whoever retypes a text
leaves the watermark behind.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["copy_with_order", "in_order_of", "new_watermark"]

_BYTES = 16


def new_watermark() -> str:
    """Draw a watermark of 128 bits."""
    return secrets.token_hex(_BYTES)


def in_order_of(watermark: str, items: Iterable[str]) -> list[str]:
    """Give the ids of the items in the order that belongs to one copy."""
    return sorted(items, key=lambda item: hashlib.sha256(f"{watermark} {item}".encode()).digest())


def copy_with_order(order: Sequence[str], watermarks: Mapping[str, str]) -> tuple[str, ...]:
    """Give the recipients (`recipient: watermark`) whose copy has its items in this order.

    With few items several copies share an order; with one item all do.
    """
    wanted = list(order)
    return tuple(name for name, mark in watermarks.items() if in_order_of(mark, wanted) == wanted)
