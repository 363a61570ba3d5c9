"""A world in its benchmark year: who buys what from whom, made of what, at which tariffs.

Axes are named once: importer n, exporter i, sector j, input sector k. Symbols are those of
Caliendo and Parro (2015). `make_world` checks every table; `settled` makes of tables that nearly
balance a benchmark that balances to rounding, and says how far it moved them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.errors import WorldMalformed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import ArrayLike, NDArray

__all__ = ["ALL", "Balance", "World", "balance_of", "frozen", "make_world", "settled"]

ALL = "all"
"""Every region, or every sector, where somebody names some."""

SHARES_OFF = 1e-5
"""So far may shares miss one before the table is refused; tables in float32 miss it by 1e-7."""
LEAST_INPUT = -0.01
"""Published tables hold a few input shares just below zero (changes of stocks); they are kept."""


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """The benchmark; every array is read-only, in float64, and in millions of the currency.

    Attributes:
        regions: N codes.
        sectors: J codes.
        trade_shares: pi[n, i, j], share of importer n's spending on j that goes to i; sums to 1.
        tariffs: tau[n, i, j], ad valorem, as parts of one.
        value_added_shares: beta[n, j], of the value of output.
        input_shares: gamma[n, k, j], of the value of output of j spent on k; beta + sum_k = 1.
        final_shares: alpha[n, j], of final spending; sums to 1.
        elasticities: theta[j] > 0, trade elasticity.
        value_added: VA[n].
        deficits: D[n], spending beyond income; sums to 0.
        expenditure: X[n, j], on final and intermediate use, tariffs included.
        name: source and year, for whoever reads a result.
        elasticity_set: whose elasticities they are.
    """

    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    trade_shares: NDArray[np.float64]
    tariffs: NDArray[np.float64]
    value_added_shares: NDArray[np.float64]
    input_shares: NDArray[np.float64]
    final_shares: NDArray[np.float64]
    elasticities: NDArray[np.float64]
    value_added: NDArray[np.float64]
    deficits: NDArray[np.float64]
    expenditure: NDArray[np.float64]
    name: str = ""
    elasticity_set: str = "of the table"

    @property
    def sales(self) -> NDArray[np.float64]:
        """Y[i, j], what producers receive."""
        shares = self.trade_shares / (1 + self.tariffs)
        sales: NDArray[np.float64] = np.einsum("nij,nj->ij", shares, self.expenditure)
        return sales

    @property
    def tariff_revenue(self) -> NDArray[np.float64]:
        """R[n]."""
        part = self.trade_shares * (self.tariffs / (1 + self.tariffs))
        revenue: NDArray[np.float64] = np.einsum("nij,nj->n", part, self.expenditure)
        return revenue

    @property
    def income(self) -> NDArray[np.float64]:
        """I[n], what is spent finally: value added, tariff revenue, deficit."""
        return self.value_added + self.tariff_revenue + self.deficits

    @property
    def digest(self) -> str:
        """SHA-256 over axes and tables, to name the data of a result."""
        told = hashlib.sha256("\0".join((*self.regions, "", *self.sectors)).encode())
        for _, table in _tables(self):
            told.update(np.ascontiguousarray(table).tobytes())
        return told.hexdigest()


@dataclass(frozen=True, slots=True)
class Balance:
    """How far a world is from balance, each as the largest part of what it is compared with."""

    goods: float
    labour: float
    deficits: float


def make_world(  # noqa: PLR0913 - a world is these tables
    *,
    regions: Sequence[str],
    sectors: Sequence[str],
    trade_shares: ArrayLike,
    tariffs: ArrayLike,
    value_added_shares: ArrayLike,
    input_shares: ArrayLike,
    final_shares: ArrayLike,
    elasticities: ArrayLike,
    value_added: ArrayLike,
    deficits: ArrayLike,
    expenditure: ArrayLike,
    name: str = "",
) -> World:
    """Check the tables and give the world. Raises `WorldMalformed` naming table, row and rule.

    Shares that miss one by less than 0.001 % are set right. A row of trade shares without any
    purchase is set to one's own producers.
    """
    codes, kinds = _axis("regions", regions), _axis("sectors", sectors)
    size = {"n": len(codes), "j": len(kinds)}
    world = World(
        regions=codes,
        sectors=kinds,
        trade_shares=_bought(_table("trade_shares", trade_shares, "nnj", size)),
        tariffs=_table("tariffs", tariffs, "nnj", size, least=-1.0),
        value_added_shares=_table("value_added_shares", value_added_shares, "nj", size),
        input_shares=_table("input_shares", input_shares, "njj", size, least=LEAST_INPUT),
        final_shares=_table("final_shares", final_shares, "nj", size),
        elasticities=_table("elasticities", elasticities, "j", size),
        value_added=_table("value_added", value_added, "n", size),
        deficits=_table("deficits", deficits, "n", size, least=-np.inf),
        expenditure=_table("expenditure", expenditure, "nj", size),
        name=name,
    )
    _check_signs(world)
    return frozen(_with_shares_of_one(world))


def settled(world: World) -> tuple[World, Balance]:
    """Give the nearest world that balances to rounding, and how far off the given one was.

    Trade shares, tariffs, costs and spending stand as they are; value added, final shares and
    deficits follow from them. Raises `WorldMalformed` where inputs would exceed all that is bought.
    """
    off = balance_of(world)
    sales = world.sales
    added = (world.value_added_shares * sales).sum(1)
    final = world.expenditure - np.einsum("njk,nk->nj", world.input_shares, sales)
    least = final.min(1) / np.maximum(world.expenditure.max(1), 1e-300)
    if least.min() < -SHARES_OFF:
        n = int(least.argmin())
        j = int(final[n].argmin())
        raise WorldMalformed(
            f"expenditure[{world.regions[n]}, {world.sectors[j]}]: the inputs of this sector alone "
            "exceed all that is bought of it; check the table of inputs"
        )
    final = np.maximum(final, 0.0)
    spent = final.sum(1)
    moved = replace(world, value_added=added, final_shares=final / spent[:, None])
    moved = replace(moved, deficits=spent - added - moved.tariff_revenue)
    return frozen(moved), off


def balance_of(world: World) -> Balance:
    """Say how far spending, pay and deficits are from what the other tables imply."""
    sales = world.sales
    bought = world.final_shares * world.income[:, None] + np.einsum(
        "njk,nk->nj", world.input_shares, sales
    )
    paid = (world.value_added_shares * sales).sum(1)
    return Balance(
        goods=float(np.abs(bought - world.expenditure).max() / world.expenditure.max()),
        labour=float(np.abs(paid / world.value_added - 1).max()),
        deficits=float(abs(world.deficits.sum()) / world.value_added.sum()),
    )


def frozen(world: World) -> World:
    """Give the world, its tables read-only from now on."""
    for _, table in _tables(world):
        table.setflags(write=False)
    return world


def _axis(name: str, given: Sequence[str]) -> tuple[str, ...]:
    codes = tuple(str(each) for each in given)
    if not codes:
        raise WorldMalformed(f"{name}: empty; a world has at least one")
    for each in codes:
        if not each.strip() or each == ALL:
            raise WorldMalformed(f"{name}: {each!r} names none of them; put a code in its place")
    double = sorted({each for each in codes if codes.count(each) > 1})
    if double:
        raise WorldMalformed(f"{name}: {double[0]} stands there more than once; name each once")
    return codes


def _table(
    name: str, given: ArrayLike, axes: str, size: dict[str, int], *, least: float = 0.0
) -> NDArray[np.float64]:
    table = np.array(given, dtype=np.float64)
    shape = tuple(size[axis] for axis in axes)
    if table.shape != shape:
        raise WorldMalformed(f"{name}: has the shape {table.shape}; {shape} is asked for")
    if not np.isfinite(table).all():
        where = tuple(int(n) for n in np.argwhere(~np.isfinite(table))[0])
        raise WorldMalformed(f"{name}{list(where)}: not a finite number")
    if (table < least).any():
        where = tuple(int(n) for n in np.argwhere(table < least)[0])
        raise WorldMalformed(f"{name}{list(where)}: {table[where]:g}; at least {least:g} is asked")
    return table


def _bought(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Let whoever buys nothing of a sector buy it from its own producers."""
    nothing = shares.sum(1) == 0
    n, j = np.nonzero(nothing)
    shares[n, n, j] = 1.0
    return shares


def _check_signs(world: World) -> None:
    if (world.elasticities <= 0).any():
        j = int(np.argmax(world.elasticities <= 0))
        raise WorldMalformed(f"elasticities[{world.sectors[j]}]: must be above zero")
    if (world.tariffs <= -1).any():
        n, i, j = (int(each) for each in np.argwhere(world.tariffs <= -1)[0])
        raise WorldMalformed(
            f"tariffs[{world.regions[n]}, {world.regions[i]}, {world.sectors[j]}]: must lie above "
            "-100 %"
        )
    for name, table in (("value_added", world.value_added), ("income", world.income)):
        if (table <= 0).any():
            n = int(np.argmax(table <= 0))
            raise WorldMalformed(f"{name}[{world.regions[n]}]: must be above zero")


def _with_shares_of_one(world: World) -> World:
    costs = world.value_added_shares + world.input_shares.sum(1)
    for name, sums in (
        ("trade_shares", world.trade_shares.sum(1)),
        ("value_added_shares and input_shares", costs),
        ("final_shares", world.final_shares.sum(1)[:, None]),
    ):
        if (np.abs(sums - 1) > SHARES_OFF).any():
            n, j = (int(each) for each in np.argwhere(np.abs(sums - 1) > SHARES_OFF)[0])
            row = (
                world.regions[n]
                if name == "final_shares"
                else (f"{world.regions[n]}, {world.sectors[j]}")
            )
            raise WorldMalformed(f"{name}[{row}]: they sum to {sums[n, j]:.6g} and not to one")
    return replace(
        world,
        trade_shares=world.trade_shares / world.trade_shares.sum(1)[:, None, :],
        value_added_shares=world.value_added_shares / costs,
        input_shares=world.input_shares / costs[:, None, :],
        final_shares=world.final_shares / world.final_shares.sum(1)[:, None],
    )


def _tables(world: World) -> Iterator[tuple[str, NDArray[np.float64]]]:
    for name in (
        "trade_shares", "tariffs", "value_added_shares", "input_shares", "final_shares",
        "elasticities", "value_added", "deficits", "expenditure",
    ):  # fmt: skip
        yield name, getattr(world, name)
