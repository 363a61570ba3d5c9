"""Checks of stakes: each gives findings, and doubtful rows back as rows that may hold.

`settle` is for readers: it takes what rows say, as parts of one that may be anything, and gives
stakes that are well formed. `check_stakes` looks at the table as a whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from undaunted.engines.ownership.findings import Finding, Rule
from undaunted.engines.ownership.shares import ALWAYS, NEVER, WHOLE, Right, in_words, units

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.ownership.stakes import Stakes

__all__ = ["Settled", "check_stakes", "settle"]


class Settled(NamedTuple):
    """Shares and days in form, with what was wrong: `lo`, `hi`, `valid_from`, `valid_to`."""

    lo: NDArray[np.int64]
    hi: NDArray[np.int64]
    valid_from: NDArray[np.int64]
    valid_to: NDArray[np.int64]
    findings: tuple[Finding, ...]


def settle(  # noqa: PLR0913 - the columns of what was read
    lowest: NDArray[np.float64],
    highest: NDArray[np.float64],
    *,
    valid_from: NDArray[np.int64],
    valid_to: NDArray[np.int64],
    row: NDArray[np.int64],
    stated: NDArray[np.bool_],
    doubtful: NDArray[np.bool_],
) -> Settled:
    """Bring shares (parts of one) and days into form.

    Where `stated` is false there is no share. `doubtful` rows, in which the reader could not read
    something, and all that break a rule here keep a lowest share of nothing.
    """
    findings: list[Finding] = []
    endless = stated & ~(np.isfinite(lowest) & np.isfinite(highest))
    safe = np.where(endless | ~stated, 0.0, lowest), np.where(endless | ~stated, 1.0, highest)
    outside = (np.minimum(*safe) < 0) | (np.maximum(*safe) > 1)
    crossed = ~outside & (safe[1] < safe[0])
    reversed_days = valid_to <= valid_from
    for found, rule in (
        (~stated, Rule.MISSING), (endless, Rule.FINITE), (outside, Rule.RANGE),
        (crossed, Rule.ORDER), (reversed_days, Rule.DATES),
    ):  # fmt: skip
        findings += [
            Finding(rule, (int(row[at]),), _stood(rule, float(lowest[at]), float(highest[at])))
            for at in np.flatnonzero(found)
        ]
    unknown = ~stated | endless | outside | crossed
    lo = np.where(unknown | doubtful | reversed_days, 0, units(np.clip(safe[0], 0, 1)))
    hi = np.where(unknown, WHOLE, units(np.clip(safe[1], 0, 1), up=True))
    return Settled(
        lo,
        hi,
        np.where(reversed_days, ALWAYS, valid_from),
        np.where(reversed_days, NEVER, valid_to),
        tuple(findings),
    )


def _stood(rule: Rule, lowest: float, highest: float) -> str:
    if rule in {Rule.RANGE, Rule.ORDER, Rule.FINITE}:
        told = f"{lowest:.6g}", f"{highest:.6g}"
        return told[0] if told[0] == told[1] else f"{told[0]} to {told[1]}"
    return ""


def check_stakes(stakes: Stakes) -> tuple[Stakes, tuple[Finding, ...]]:
    """Give the table with repeated rows made uncertain, and every finding about the whole of it.

    Totals and several stakes are looked for among what is known now, day by day.
    """
    repeats, findings = _repeats(stakes)
    lo = stakes.lo.copy()
    lo[repeats] = 0
    checked = replace(stakes, lo=lo)
    findings += [
        Finding(Rule.SELF, (int(stakes.row[at]),), stakes.parties.ids[int(stakes.owner[at])])
        for at in np.flatnonzero(stakes.owner == stakes.owned)
    ]
    findings += _several(checked, repeats)
    findings += _totals(checked)
    return checked, tuple(findings)


def _repeats(stakes: Stakes) -> tuple[NDArray[np.int64], list[Finding]]:
    """Find rows that say what an earlier one says, by the same source."""
    says = (
        stakes.source, stakes.known_to, stakes.known_from, stakes.valid_to, stakes.valid_from,
        stakes.hi, stakes.lo, stakes.right, stakes.owner, stakes.owned,
    )  # fmt: skip
    order = np.lexsort(says)
    same = np.ones(max(len(stakes) - 1, 0), np.bool_)
    for column in says:
        sorted_column = column[order]
        same &= sorted_column[1:] == sorted_column[:-1]
    later = np.flatnonzero(same) + 1
    first = np.arange(len(stakes))
    for at in later:
        first[at] = first[at - 1]
    found = [
        Finding(Rule.REPEAT, (int(stakes.row[order[at]]),), f"row {stakes.row[order[first[at]]]}")
        for at in later
    ]
    return order[later], found


def _several(stakes: Stakes, repeats: NDArray[np.int64]) -> list[Finding]:
    """Find owners with several stakes of one kind in one company on one day."""
    kept = _known_now(stakes)
    kept[repeats] = False
    places = np.flatnonzero(kept)
    keys = (stakes.valid_from, stakes.right, stakes.owner, stakes.owned)
    order = places[np.lexsort(tuple(each[places] for each in keys))]
    before, after = order[:-1], order[1:]
    same = stakes.valid_from[after] < stakes.valid_to[before]
    for column in keys[1:]:
        same &= column[before] == column[after]
    return [
        Finding(
            Rule.SEVERAL,
            (int(stakes.row[before[at]]), int(stakes.row[after[at]])),
            f"{_name(stakes, stakes.owner[after[at]])} in {_name(stakes, stakes.owned[after[at]])}",
        )
        for at in np.flatnonzero(same)
    ]


def _totals(stakes: Stakes) -> list[Finding]:
    """Find companies whose stakes of one right exceed the whole on some day."""
    places = np.flatnonzero(_known_now(stakes) & (stakes.lo > 0))
    group = stakes.owned[places].astype(np.int64) * len(Right) + stakes.right[places]
    day = np.concatenate([stakes.valid_from[places], stakes.valid_to[places]])
    change = np.concatenate([stakes.lo[places], -stakes.lo[places]])
    groups = np.concatenate([group, group])
    order = np.lexsort((change, day, groups))
    running = np.cumsum(change[order])
    counts = np.bincount(group, minlength=1)
    above = running > WHOLE + counts[groups[order]]
    worst: dict[int, int] = {}
    for at in np.flatnonzero(above):
        key = int(groups[order[at]])
        worst[key] = max(worst.get(key, 0), int(running[at]))
    by_group = np.argsort(group, kind="stable")
    edges = np.searchsorted(group[by_group], np.array([*worst, 0]), side="left")
    ends = np.searchsorted(group[by_group], np.array([*worst, 0]), side="right")
    rows = stakes.row[places[by_group]]
    return [
        Finding(
            Rule.TOTAL,
            tuple(int(each) for each in np.sort(rows[edges[at] : ends[at]])),
            f"{_name(stakes, key // len(Right))}: {in_words(total)} of "
            f"{Right(key % len(Right)).name.lower()}",
        )
        for at, (key, total) in enumerate(worst.items())
    ]


def _known_now(stakes: Stakes) -> NDArray[np.bool_]:
    return np.asarray(stakes.known_to == NEVER)


def _name(stakes: Stakes, number: int | np.int32) -> str:
    return stakes.parties.ids[int(number)]
