"""What governments do, as the arrays that the model takes: every instrument ends here.

A measure is told against the benchmark. Barriers are iceberg factors: 1 leaves trade as it was,
1.1 makes it a tenth dearer without anybody receiving the difference, infinity closes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.errors import MeasureRefused, SupplyCutOff

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.world import World

__all__ = ["Capital", "Limits", "Measures", "check_measures", "no_measures"]


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Quantities that may not be exceeded; a permit is worth what makes the limit hold.

    Attributes:
        most: q[n, i, j] > 0, of what arrived in the benchmark; infinity where nothing is limited.
        importer: [n, i, j], whether n's treasury or its holders of permits receive that worth.
        exporter: likewise for i; where neither does, it is spent on getting a permit.
    """

    most: NDArray[np.float64]
    importer: NDArray[np.bool_]
    exporter: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Capital:
    """Sectors whose capital changes; there it is bound to the sector, elsewhere it moves as labour.

    Attributes:
        stock: K-hat[n, j] > 0, against the benchmark; one leaves a sector as it was.
        part: of value added that capital earns, between 0 and 1.
    """

    stock: NDArray[np.float64]
    part: float


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """What is in force, over the whole world.

    Attributes:
        tariffs: t'[n, i, j], ad valorem, above -1; revenue goes to importer n.
        barriers: d[n, i, j] > 0, iceberg factor against the benchmark; infinity is a ban.
        export_taxes: e[n, i, j] > -1, on the price at the border; revenue goes to exporter i.
        final_barriers: as `barriers`, for final use only (procurement); None where there is none.
        transfers: T[n], received without anything given for it; sums to 0.
        limits: quantities that may not be exceeded.
        capital: sectors that lose or gain capital.
        assumptions: what was assumed in putting the measures so, in whole sentences.
    """

    tariffs: NDArray[np.float64]
    barriers: NDArray[np.float64]
    export_taxes: NDArray[np.float64] | None = None
    final_barriers: NDArray[np.float64] | None = None
    transfers: NDArray[np.float64] | None = None
    limits: Limits | None = None
    capital: Capital | None = None
    assumptions: tuple[str, ...] = ()


def no_measures(world: World) -> Measures:
    """Give the benchmark's own tariffs, and writable arrays to change."""
    return Measures(world.tariffs.copy(), np.ones_like(world.tariffs))


def check_measures(world: World, measures: Measures) -> None:
    """Raise `MeasureRefused` or `SupplyCutOff` naming importer, exporter, sector and rule."""
    shape = world.tariffs.shape
    for name, table, least in (
        ("tariffs", measures.tariffs, -1.0),
        ("barriers", measures.barriers, 0.0),
        ("export_taxes", measures.export_taxes, -1.0),
        ("final_barriers", measures.final_barriers, 0.0),
        ("limits", None if measures.limits is None else measures.limits.most, 0.0),
    ):
        if table is not None:
            _check_table(world, name, table, shape, least=least)
    _check_capital(world, measures.capital)
    _check_transfers(world, measures.transfers)
    _check_supply(world, measures)


def _check_table(
    world: World, name: str, table: NDArray[np.float64], shape: tuple[int, ...], *, least: float
) -> None:
    if table.shape != shape:
        raise MeasureRefused(f"{name}: has the shape {table.shape}; {shape} is asked for")
    if not _all_above(table, least):
        bad = ~(table > least) | (np.isinf(table) & (least < 0))
        n, *i, j = (int(each) for each in np.argwhere(bad)[0])
        row = ", ".join((world.regions[n], *(world.regions[each] for each in i), world.sectors[j]))
        raise MeasureRefused(
            f"{name}[{row}]: {table[tuple(np.argwhere(bad)[0])]:g}; it must lie above {least:g} "
            "and be a number"
        )


def _all_above(table: NDArray[np.float64], least: float) -> bool:
    """Say whether all lie above, and below infinity where -1 is the least: it asks two passes."""
    return bool(table.min() > least) and (least >= 0 or bool(table.max() < np.inf))


def _check_capital(world: World, capital: Capital | None) -> None:
    if capital is None:
        return
    _check_table(world, "capital", capital.stock, world.expenditure.shape, least=0.0)
    if np.isinf(capital.stock).any() or not 0 < capital.part < 1:
        raise MeasureRefused(
            f"capital: the part of value added is {capital.part:g}; it must lie between 0 and 1, "
            "and stocks must be finite"
        )


def _check_transfers(world: World, transfers: NDArray[np.float64] | None) -> None:
    if transfers is None:
        return
    if transfers.shape != world.value_added.shape or not np.isfinite(transfers).all():
        raise MeasureRefused("transfers: one finite number a country is asked for")
    if abs(transfers.sum()) > 1e-9 * world.value_added.sum():
        raise MeasureRefused(
            f"transfers: they sum to {transfers.sum():g}; what one receives another gives"
        )
    left = world.income + transfers
    if (left <= 0).any():
        n = int(left.argmin())
        raise MeasureRefused(
            f"transfers[{world.regions[n]}]: {transfers[n]:g} is more than all it has to spend, "
            f"{world.income[n]:g}"
        )


def _check_supply(world: World, measures: Measures) -> None:
    walls = [each for each in (measures.barriers, measures.final_barriers) if each is not None]
    if max(wall.max() for wall in walls) < np.inf:
        return
    closed = np.logical_or.reduce([np.isinf(wall) for wall in walls])
    open_ = np.where(closed, 0.0, world.trade_shares).sum(1)
    cut = (open_ == 0) & (world.expenditure > 0)
    if cut.any():
        n, j = (int(each) for each in np.argwhere(cut)[0])
        raise SupplyCutOff(
            f"{world.regions[n]} buys {world.sectors[j]}, and every source that it has in the "
            "benchmark is closed; leave one open, or put a barrier in place of the ban"
        )
