"""Yes, no, or not known; and of what is not known, which fact would tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["NO", "YES", "Truth", "all_of", "any_of", "lacking"]


@dataclass(frozen=True, slots=True)
class Truth:
    """Whether something holds; None where it is not known, with the fields that would tell."""

    holds: bool | None
    missing: tuple[str, ...] = ()


YES, NO = Truth(holds=True), Truth(holds=False)


def lacking(*fields: str) -> Truth:
    """Give that it is not known, and what would tell."""
    return Truth(None, fields)


def all_of(truths: Iterable[Truth]) -> Truth:
    """Give whether all hold: one that does not decides; one that is not known leaves it open."""
    return _joined(truths, decides=False)


def any_of(truths: Iterable[Truth]) -> Truth:
    """Give whether any holds."""
    return _joined(truths, decides=True)


def _joined(truths: Iterable[Truth], *, decides: bool) -> Truth:
    every = tuple(truths)
    if any(each.holds is decides for each in every):
        return Truth(decides)
    missing = dict.fromkeys(name for each in every for name in each.missing)
    if missing:
        return Truth(None, tuple(missing))
    return Truth(not decides)
