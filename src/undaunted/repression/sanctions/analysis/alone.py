"""What one person's file did to a list since the last version that more than one vouches for.

Whoever brings a file alone could rename an entry or delist it, and a gap would look sure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.listings.queries import forms_since
from undaunted.core.listings.rules import read_entry
from undaunted.core.matching.rules import form_of_entry
from undaunted.repression.sanctions.analysis.kept import Kept
from undaunted.repression.sanctions.analysis.sheets import happened_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.core.access.rules import Actor
    from undaunted.repression.sanctions.analysis.sheets import Happened
    from undaunted.repression.sanctions.rules import HeldVersion

__all__ = ["UNCHANGED", "Since", "since_sure"]

ROOM: Final = 120_000
"""Entries that changed which a process keeps."""
_WHO: Final = ("kind", "names", "births", "nationalities", "identifiers", "gender")
"""What is kept of an entry that can bear on who it is."""


@dataclass(frozen=True, slots=True)
class Since:
    """How the entries that changed stood in the version that is sure, and whether it was turned.

    Attributes:
        before: by key what had happened to an entry, as the version that is sure says it; where no
            version is, as the first that held the entry does.
        turned: whether an entry was dropped, or is somebody else, since the version that is sure.
    """

    before: Mapping[str, Happened] = field(default_factory=dict)
    turned: bool = False


UNCHANGED: Final = Since()
_KEPT: Final = Kept[Since](ROOM, lambda kept: len(kept.before) + 1)


def since_sure(actor: Actor, version: HeldVersion, sure: HeldVersion | None) -> Since:
    """Give what changed up to a version since the one that is sure, None where no version is."""
    if sure is not None and sure.number == version.number:
        return UNCHANGED
    mark = f"{sure.id if sure else ''} {version.id}"
    return _KEPT.of(mark, lambda: _read(actor, version, sure.number if sure else 0))


def _read(actor: Actor, version: HeldVersion, sure: int) -> Since:
    before: dict[str, Happened] = {}
    turned = False
    parts = ("events", *_WHO)
    for key, was, now in forms_since(actor, version.source, sure, version.number, parts):
        before[key] = happened_in(was.get("events", ()))
        turned = turned or (sure > 0 and (now is None or _another(was, now)))
    return Since(before, turned)


def _another(was: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether two forms of an entry differ in who it is."""
    if all(was.get(each) == now.get(each) for each in _WHO):
        return False
    return form_of_entry(read_entry(was)) != form_of_entry(read_entry(now))
