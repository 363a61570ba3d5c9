"""A letter as plain values: what PDF and Word are both written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Document

__all__ = ["Sheet"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One letter: its document, and what stands above it and on every page."""

    document: Document
    kicker: str
    marking: str
    restricted: bool
    heads: tuple[tuple[str, str], ...]
