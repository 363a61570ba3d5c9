"""Identifiers that look like one and are not.

Whoever holds and is held is told by an identifier alone: a letter in two Unicode forms, or a sign
that nobody sees, would break a chain without a word.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership.findings import Finding, Rule
from undaunted.engines.ownership.parties import one_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.engines.ownership.stakes import Stakes

__all__ = ["alike", "alike_in"]

UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | {
    chr(each)
    for first, last in ((0x180B, 0x180F), (0xFE00, 0xFE0F))
    for each in range(first, last + 1)
}
"""Signs that are not seen and that Unicode does not count among those of format."""
SHOWN = 5


def alike(stakes: Stakes) -> tuple[Finding, ...]:
    """Find identifiers that differ only by case, Unicode form, spaces or signs not seen."""
    groups: dict[str, list[int]] = {}
    firsts: dict[str, int] = {}
    for number, identifier in enumerate(stakes.parties.ids):
        seen = _as_seen(identifier)
        first = firsts.setdefault(seen, number)
        if first != number:
            groups.setdefault(seen, [first]).append(number)
    if not groups:
        return ()
    rows, ids = _first_rows(stakes), stakes.parties.ids
    named = (
        sorted((each for each in group if each in rows), key=lambda each: (rows[each], ids[each]))
        for group in groups.values()
    )
    return tuple(
        Finding(
            Rule.ALIKE,
            tuple(sorted({rows[each] for each in group})),
            ", ".join(ascii(ids[each]) for each in group[:SHOWN]),
        )
        for group in named if len(group) > 1
    )  # fmt: skip


def alike_in(new: Iterable[str], known: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Give each identifier that is not known, with a known one that it looks like."""
    kept = {one_form(each) for each in known}
    seen = {_as_seen(each): each for each in sorted(kept)}
    pairs = ((each, seen.get(_as_seen(each))) for each in new if one_form(each) not in kept)
    return tuple((each, other) for each, other in pairs if other is not None)


def _as_seen(identifier: str) -> str:
    if identifier.isascii():
        return "".join(identifier.split()).casefold()
    plain = unicodedata.normalize("NFKC", identifier).casefold()
    seen = (
        each for each in unicodedata.normalize("NFKC", plain)
        if not each.isspace() and each not in UNSEEN and unicodedata.category(each) != "Cf"
    )  # fmt: skip
    return "".join(seen)


def _first_rows(stakes: Stakes) -> dict[int, int]:
    """Give the first row in which each party stands."""
    ends = np.concatenate([stakes.owner, stakes.owned])
    rows = np.concatenate([stakes.row, stakes.row])
    order = np.argsort(rows, kind="stable")
    numbers, places = np.unique(ends[order], return_index=True)
    return dict(zip(numbers.tolist(), rows[order][places].tolist(), strict=True))
