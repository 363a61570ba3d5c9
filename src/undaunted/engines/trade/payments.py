"""Solidarity: money that is given or lent, and purchases that are moved to somebody's goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.errors import MeasureRefused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.drafting import Draft, Reach

__all__ = ["appeal_of", "give", "lend", "move_purchases"]


def give(draft: Draft, reach: Reach) -> None:
    """Draw up a transfer: exporters give by their value added, importers receive by theirs."""
    amount = reach.amount()
    both = sorted(set(reach.importers) & set(reach.exporters))
    if both:
        raise MeasureRefused(
            f"{reach.place}: {draft.world.regions[both[0]]} would give to itself; name givers as "
            "exporter and receivers as importer"
        )
    for countries, sign in ((reach.importers, 1.0), (reach.exporters, -1.0)):
        weights = draft.world.value_added[list(countries)]
        draft.transfers[list(countries)] += sign * amount * weights / weights.sum()


def lend(draft: Draft, reach: Reach) -> None:
    """Draw up a credit: a transfer in the year of the result, with the repayment left out of it."""
    give(draft, reach)
    draft.assume(
        "Credit is received in full within the year; repayment falls later and, at the market's "
        "rate, is worth as much at present, so that only its timing helps"
    )


def move_purchases(draft: Draft, reach: Reach) -> None:
    """Draw up purchases: final spending that moves to flows, by what they were in the benchmark."""
    world, at = draft.world, reach.at
    n, _, j = at
    final = world.trade_shares[at] * (world.final_shares * world.income[:, None])[n, j]
    if final.sum() == 0:
        raise MeasureRefused(
            f"{reach.place}: nothing of this is bought for final use in the benchmark, so no "
            "purchases can be added to it"
        )
    draft.bought[at] += reach.value(least=0.0) * final / final.sum()
    draft.assume(
        "Purchases are moved within the buyers' final spending on a sector, and buyers value what "
        "they buy instead as much at the benchmark's prices"
    )


def appeal_of(draft: Draft) -> NDArray[np.float64] | None:
    """Give the barriers on final use that purchases moved and purchases closed amount to.

    A flow whose share at unchanged prices is to be s' in place of s gets (s' / s) ^ (-1 / theta).
    Raises `MeasureRefused` where more would be moved than is spent.
    """
    if not draft.bought.any() and (draft.kept == 1).all():
        return None
    world = draft.world
    final = (world.final_shares * world.income[:, None])[:, None]
    shares = world.trade_shares
    added = np.divide(draft.bought, final, out=np.zeros_like(shares), where=final > 0)
    target = shares + added
    chosen = (added > 0).any(1)
    pinned = np.where(added > 0, target, 0.0).sum(1)
    if (pinned[chosen] >= 1).any():
        n, j = (int(each) for each in np.argwhere(chosen & (pinned >= 1))[0])
        raise MeasureRefused(
            f"purchase[{world.regions[n]}, {world.sectors[j]}]: more than all final spending on "
            f"it, {final[n, 0, j]:g} million, would be moved"
        )
    others = np.where(added > 0, 0.0, shares).sum(1)
    left = np.divide(1 - pinned, others, out=np.ones_like(others), where=chosen)
    ratio = np.where(
        added > 0, target / np.where(shares > 0, shares, 1.0), np.where(chosen, left, 1.0)[:, None]
    )
    with np.errstate(divide="ignore"):
        barriers: NDArray[np.float64] = (ratio * draft.kept) ** (-1 / world.elasticities)
    return barriers
