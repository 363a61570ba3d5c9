"""Entries in force made ready once in a process, until a list changes: public facts alone."""

from __future__ import annotations

import hashlib
from threading import Lock
from typing import TYPE_CHECKING

from undaunted.core.listings.queries import entries_in_force, marks_in_force
from undaunted.core.matching.analysis.comparing import Listed

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor

__all__ = ["listed_in_force"]

_LOCK = Lock()
_KEPT: dict[tuple[str, str], Listed] = {}
"""At most one: what stood before is let go."""


def listed_in_force(actor: Actor, source: str = "") -> Listed:
    """Give every entry in force, of one list or of all, ready to be searched."""
    sources = (source,) if source else None
    told = hashlib.sha256()
    for mark in marks_in_force(actor, sources):
        told.update("\0".join(mark[:3]).encode())
    key = (source, told.hexdigest())
    with _LOCK:
        held = _KEPT.get(key)
        if held is None:
            held = Listed({(s, entry.key): entry for s, entry in entries_in_force(actor, sources)})
            _KEPT.clear()
            _KEPT[key] = held
    return held
