"""What is worked out once for a world: its tables in the order of the iteration, and its guides.

An iteration asks, for each sector, for products of an importer by exporter matrix with a vector, so
tables stand as [j, n, i]. What `guides` works out stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.engines.trade.arrays import Array, Functions, functions_of, sender
from undaunted.engines.trade.blocks import check_whole
from undaunted.engines.trade.guides import guides_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.engines.trade.world import World

__all__ = ["Array", "Ground", "over", "prepare"]

NOTHING = 1e-14
"""Of a country's value added: what counts as no spending, so that its logarithm is a number."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Ground:
    """A world in the order of the iteration; letters as in `World`.

    All arrays but the world's own lie in one library, on one device, in one type.

    Attributes:
        shares: pi as [j, n, i]; `flows` is pi / (1 + tau) likewise.
        spending: X[n, j], at least `least`; `earned` is value added and tariff revenue [n].
        guide_prices, guide_spending: [n, j, k]; `guide_wages` is [n, n]; in float32, since they
            only lead.
        prices_follow, spending_follows: [n, j, i], what their logarithms do when that of wage i
            moves; likewise.
    """

    world: World
    digest: str
    shares: Array
    flows: Array
    beta: Array
    gamma: Array
    alpha: Array
    theta: Array
    added: Array
    earned: Array
    deficits: Array
    spending: Array
    least: Array
    guide_prices: Array
    guide_spending: Array
    guide_wages: Array
    prices_follow: Array
    spending_follows: Array

    @property
    def size(self) -> tuple[int, int]:
        """N and J."""
        return self.beta.shape[0], self.beta.shape[1]

    @property
    def functions(self) -> Functions:
        """The functions of the library in which the arrays lie."""
        return functions_of(self.beta)


def prepare(
    world: World, *, dtype: type[np.floating[Any]] = np.float64, like: Array | None = None
) -> Ground:
    """Bring a world into the order of the iteration; takes some tenths of a second.

    `like` is any array of another library, on the device on which scenarios are to be solved, say
    `torch.empty(0, device="cuda")`; without one they are solved by NumPy.
    Raises `WorldMalformed` where countries do not all trade with each other, directly or not.
    """
    check_whole(world)
    where = np.empty(0) if like is None else like
    xp = functions_of(where)
    send, quick = sender(where, getattr(xp, np.dtype(dtype).name)), sender(where, xp.float32)
    guides = {name: quick(each) for name, each in guides_of(world).items()}
    return Ground(world, world.digest, **_tables(world, send), **guides)


def over(ground: Ground, world: World, send: Callable[[Array], Array]) -> Ground:
    """Give the ground of another world of the same axes, its tables brought along by `send`.

    Guides and digest stay: the ones only lead, and the other names the data.
    """
    return replace(ground, world=world, **_tables(world, send))


def _tables(world: World, send: Callable[[Array], Array]) -> dict[str, Array]:
    least = np.repeat(NOTHING * world.value_added[:, None], len(world.sectors), 1)
    flows = 1 + world.tariffs
    np.divide(world.trade_shares, flows, out=flows)
    as_told = {
        "shares": world.trade_shares.transpose(2, 0, 1),
        "flows": flows.transpose(2, 0, 1),
        "beta": world.value_added_shares,
        "gamma": world.input_shares,
        "alpha": world.final_shares,
        "theta": world.elasticities,
        "added": world.value_added,
        "earned": world.value_added + world.tariff_revenue,
        "deficits": world.deficits,
        "spending": np.maximum(world.expenditure, least),
        "least": least,
    }
    return {name: send(each) for name, each in as_told.items()}
