"""Two records of one entry as one: what either says is kept, nothing is chosen."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from undaunted.core.listings.readers.words import unique
from undaunted.core.listings.rules import Entry, Name, Quality

__all__ = ["best_first", "joined"]


def joined(first: Entry, second: Entry) -> Entry:
    """Give the first entry with all that the second says too, under the first one's key."""
    told: dict[str, Any] = {}
    for field in fields(Entry):
        mine, theirs = getattr(first, field.name), getattr(second, field.name)
        if isinstance(mine, tuple):
            told[field.name] = unique((*mine, *theirs))
        elif field.name in {"reasons", "remarks"} and mine and theirs and theirs not in mine:
            told[field.name] = f"{mine}\n{theirs}"
        else:
            told[field.name] = mine or theirs
    return replace(first, **{**told, "names": best_first(told["names"])})


def best_first(names: tuple[Name, ...] | list[Name]) -> tuple[Name, ...]:
    """Give each name once with the best quality that anybody gives it, primary names first."""
    order = list(Quality)
    best: dict[str, Name] = {}
    for each in names:
        held = best.get(each.text)
        if held is None or order.index(each.quality) < order.index(held.quality):
            best[each.text] = each
    return tuple(sorted(best.values(), key=lambda each: order.index(each.quality)))
