"""Who sells how much to whom in an equilibrium, and what moved incomes to first order.

The decomposition is that of Caliendo and Parro (2015), with changes as new over old less one, as
their table 2 has it. It explains small changes; the headline stays exact real income.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.measures import no_measures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from undaunted.engines.trade.measures import Measures
    from undaunted.engines.trade.solution import Solution
    from undaunted.engines.trade.world import World

    Table = NDArray[np.float64]

__all__ = ["Decomposition", "bilateral_trade", "decomposition", "trade_quantities"]


@dataclass(frozen=True, slots=True, eq=False)
class Decomposition:
    """First-order parts of each country's change of real income, [n], as parts of income before.

    Attributes:
        terms: of trade: prices of what is sold abroad, less prices of what is bought there.
        volume: of trade: tariffs and export taxes on the change of what is traded.
        barriers: what barriers take from flows on their way; a flow that they close is lost whole.
        received: change of what is spent beyond income, transfers in it.
        capital: what a country's producers lose or gain with their capital.
    """

    terms: Table
    volume: Table
    barriers: Table
    received: Table
    capital: Table

    @property
    def total(self) -> Table:
        """Give the sum; near exact real income for small changes alone."""
        return self.terms + self.volume + self.barriers + self.received + self.capital


def bilateral_trade(solution: Solution) -> Table:
    """Give M'[n, i, j], what n buys of i: at the border, export tax in it and tariff not."""
    return _trade(_point(solution))


def trade_quantities(solution: Solution) -> Table:
    """Give the quantities that arrive, [n, i, j], against the benchmark; 1 where nothing was."""
    point, before = _point(solution), _trade(_benchmark(solution.world))
    arrived = np.zeros_like(before)
    for use in _uses(point, apart=_apart(point)):
        arrived += _at_border(point, use) / use.barriers
    return np.where(before > 0, arrived / _priced(point) / np.where(before > 0, before, 1.0), 1.0)


def decomposition(after: Solution, before: Solution | None = None) -> Decomposition:
    """Split what moved incomes from the benchmark, or from another equilibrium of its world."""
    new = _point(after)
    old = _benchmark(after.world) if before is None else _point(before)
    trade, measures = _trade(old), old.measures
    dearer = trade * (_priced(new) / _priced(old) - 1)
    more = _trade(new) - trade
    on_exports = 0.0 if measures.export_taxes is None else 1 - 1 / (1 + measures.export_taxes)
    volume = ((more - dearer) * measures.tariffs).sum((1, 2))
    volume += ((more - dearer) * on_exports).sum((0, 2))
    return Decomposition(
        terms=(dearer.sum((0, 2)) - dearer.sum((1, 2))) / old.income,
        volume=volume / old.income,
        barriers=-_lost(new, old) / old.income,
        received=(new.deficits - old.deficits) / old.income,
        capital=-(old.output * (1 - old.dearer / new.dearer)).sum(1) / old.income,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Point:
    """The benchmark or an equilibrium; letters as in `Solution`, prices by use."""

    world: World
    measures: Measures
    costs: Table
    prices: tuple[Table, Table]
    expenditure: Table
    output: Table
    income: Table
    deficits: Table
    dearer: Table


@dataclass(frozen=True, slots=True, eq=False)
class _Use:
    """All use, inputs or final use: what hinders it, at which prices, and what is spent [n, j]."""

    barriers: Table
    prices: Table
    spent: Table


def _point(found: Solution) -> _Point:
    return _Point(
        found.world,
        found.measures,
        found.costs,
        (found.prices, found.final_prices),
        found.expenditure,
        found.output,
        found.income,
        found.deficits,
        np.ones_like(found.costs) if found.dearer is None else found.dearer,
    )


def _benchmark(world: World) -> _Point:
    ones = np.ones_like(world.expenditure)
    return _Point(
        world,
        no_measures(world),
        ones,
        (ones, ones),
        world.expenditure,
        world.sales,
        world.income,
        world.deficits,
        ones,
    )


def _apart(point: _Point) -> bool:
    return point.measures.final_barriers is not None


def _uses(point: _Point, *, apart: bool) -> Iterator[_Use]:
    barriers, final = point.measures.barriers, point.measures.final_barriers
    if not apart:
        yield _Use(barriers, point.prices[0], point.expenditure)
        return
    inputs = np.einsum("njk,nk->nj", point.world.input_shares, point.output)
    yield _Use(barriers, point.prices[0], inputs)
    bought = point.world.final_shares * point.income[:, None]
    yield _Use(barriers if final is None else barriers * final, point.prices[1], bought)


def _paid(point: _Point, use: _Use) -> Table:
    """Give what importers pay for each flow, tariff in it: pi' X'."""
    world, measures = point.world, point.measures
    factor = (1 + measures.tariffs) / (1 + world.tariffs) * use.barriers * _priced(point)
    shares = world.trade_shares * (factor / use.prices[:, None]) ** -world.elasticities
    paid: Table = shares * use.spent[:, None]
    return paid


def _at_border(point: _Point, use: _Use) -> Table:
    return _paid(point, use) / (1 + point.measures.tariffs)


def _trade(point: _Point) -> Table:
    trade: Table = np.sum([_at_border(point, use) for use in _uses(point, apart=_apart(point))], 0)
    return trade


def _priced(point: _Point) -> Table:
    """Give the price at the border against the benchmark, without what barriers take."""
    taxes = point.measures.export_taxes
    return point.costs[None] * (
        np.ones_like(point.measures.tariffs) if taxes is None else 1 + taxes
    )


def _lost(new: _Point, old: _Point) -> Table:
    """Give what barriers that have risen take, [n], of what importers paid before."""
    apart = _apart(new) or _apart(old)
    lost = np.zeros(len(new.world.regions))
    for risen, kept in zip(_uses(new, apart=apart), _uses(old, apart=apart), strict=True):
        paid = _paid(old, kept)
        part = 1 - np.where(paid > 0, kept.barriers, 1.0) / risen.barriers
        lost += (paid * part).sum((1, 2))
    return lost
