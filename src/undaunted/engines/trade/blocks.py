"""Countries that trade with nobody else: what an equilibrium can still say about them.

Between blocks no trade pays for anything, so wages of one have no unit of the other; and what a
block spends beyond its income would be paid for by nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.deficits import Deficits
from undaunted.engines.trade.errors import SupplyCutOff, WorldMalformed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.measures import Measures
    from undaunted.engines.trade.world import World

__all__ = ["APART", "check_blocks", "check_whole"]

APART = "Countries that no longer trade with the others have wages in a unit of their own"
PAID = 1e-9
"""Of a block's value added: what may be left unpaid by rounding."""


def check_whole(world: World) -> None:
    """Raise `WorldMalformed` where the benchmark itself falls into blocks that do not trade."""
    apart = _block(_traded(world))
    if not apart.all():
        raise WorldMalformed(
            f"trade_shares: {_named(world, apart)} and the other countries do not trade with each "
            "other; make a world of each"
        )


def check_blocks(world: World, measures: Measures, deficits: Deficits) -> bool:
    """Say whether measures part the world. Raises `SupplyCutOff` where a block owes the others."""
    closed = np.isinf(measures.barriers)
    if not closed.any():
        return False
    linked = _traded(world, np.where(closed, 0.0, world.trade_shares))
    left: NDArray[np.bool_] = np.ones(len(world.regions), dtype=bool)
    owed = np.zeros(len(world.regions))
    if deficits is not Deficits.BALANCED:
        owed += world.deficits
    if measures.transfers is not None:
        owed += measures.transfers
    number = 0
    while left.any():
        block = _block(linked, int(left.argmax()))
        left, number = left & ~block, number + 1
        due = float(owed[block].sum())
        if not block.all() and abs(due) > PAID * world.value_added[block].sum():
            raise SupplyCutOff(
                f"{_named(world, block)} would trade with nobody else and still "
                f"{'spend beyond' if due > 0 else 'spend less than'} its income by {abs(due):g}; "
                "put balanced deficits and no transfers across, or leave some trade open"
            )
    return number > 1


def _traded(world: World, shares: NDArray[np.float64] | None = None) -> NDArray[np.bool_]:
    """Say who buys anything of whom, in either direction, [n, n]."""
    bought = (world.trade_shares if shares is None else shares) * world.expenditure[:, None]
    linked = np.asarray((bought > 0).any(2))
    return linked | linked.T


def _block(linked: NDArray[np.bool_], start: int = 0) -> NDArray[np.bool_]:
    """Give who is reached from one country."""
    block = np.zeros(len(linked), dtype=bool)
    block[start] = True
    while True:
        wider = block | linked[block].any(0)
        if (wider == block).all():
            return block
        block = wider


def _named(world: World, block: NDArray[np.bool_]) -> str:
    members = [world.regions[n] for n in np.nonzero(block)[0]]
    more = len(members) - 3
    return ", ".join(members[:3]) + (f" and {more} more" if more > 0 else "")
