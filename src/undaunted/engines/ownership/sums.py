"""What stakes in a company add up to: where they never make the whole, others hold the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from undaunted.engines.ownership.shares import WHOLE, Right

if TYPE_CHECKING:
    from undaunted.engines.ownership.stakes import Stakes

__all__ = ["Below", "below_whole"]


class Below(NamedTuple):
    """A company of which stakes of one right tell less than the whole on every day."""

    company: str
    right: Right
    most: int
    """What they add up to at most, in units."""


def below_whole(stakes: Stakes) -> list[Below]:
    """Give companies whose stakes of equity or of votes, as known now, never add up to the whole.

    A stake without a share may be the rest. Each stake may be off by a unit.
    """
    now = stakes.standing().of(Right.EQUITY, Right.VOTES)
    if not len(now):
        return []
    group = now.owned.astype(np.int64) * len(Right) + now.right
    day = np.concatenate([now.valid_from, now.valid_to])
    change = np.concatenate([now.hi, -now.hi])
    groups = np.concatenate([group, group])
    order = np.lexsort((change, day, groups))
    running = np.cumsum(change[order])
    keys, begins = np.unique(groups[order], return_index=True)
    most = np.maximum.reduceat(running, begins)
    rows = np.unique(group, return_counts=True)[1]
    ids = now.parties.ids
    found = [
        Below(ids[key // len(Right)], Right(key % len(Right)), total)
        for key, total, few in zip(
            keys.tolist(), most.tolist(), (most < WHOLE - rows).tolist(), strict=True
        )
        if few
    ]
    return sorted(found)
