"""What an edition says otherwise than the one before it about the very same thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Revision", "revisions", "tombstone_number"]

Figure = int | float | None


@dataclass(frozen=True, slots=True)
class Revision:
    """One number that changed. `None` on one side: it was not given there."""

    key: str
    before: Figure
    after: Figure


def revisions(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> tuple[Revision, ...]:
    """Give, in order of their keys, the numbers that both editions give, and differently.

    A key names one thing on one day, so a change of the world is no revision: it has other keys.
    """
    common = sorted(before.keys() & after.keys())
    return tuple(
        Revision(key, before[key], after[key]) for key in common if before[key] != after[key]
    )


def tombstone_number(taken: Iterable[int]) -> int:
    """Give m of edition n.m that replaces a withdrawn one; `taken` are those of the same n."""
    return max(taken) + 1
