"""Who supplies whom after a measure: the three products that an iteration asks for.

`Trading` holds one scenario's own tables. `Crossed` holds a batch whose scenarios share the
benchmark's and differ from it only in the imports and the exports of a few countries, so that one
matrix product serves all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from undaunted.engines.trade.arrays import as_numpy, functions_of, sender

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.arrays import Array
    from undaunted.engines.trade.ground import Ground

__all__ = ["Crossed", "Trade", "Trading", "crossed", "trading"]


class Trade(Protocol):
    """Products of trade tables with vectors; u[j, i, s] are costs, v[j, n, s] spending, powered."""

    @property
    def taxed(self) -> bool:
        """Whether exporters tax."""

    def prices(self, u: Array) -> Array:
        """sum_i K[n, i, j] u[i, j]."""

    def imports(self, u: Array) -> Array:
        """sum_i K / (1 + t) u[i, j]: what is left of spending after the importer's tariff."""

    def sales(self, v: Array) -> Array:
        """sum_n K / ((1 + t) (1 + e)) v[n, j]: what reaches producers."""

    def exports(self, v: Array) -> Array:
        """sum_n K / (1 + t) v[n, j]: the same before the exporter's tax."""


@dataclass(frozen=True, slots=True, eq=False)
class Trading:
    """One scenario's tables, each [j, n, i]; `received` is `net` where exporters do not tax."""

    k: Array
    net: Array
    received: Array
    taxed: bool

    def prices(self, u: Array) -> Array:
        """As told in `Trade`."""
        return self.k @ u

    def imports(self, u: Array) -> Array:
        """As told in `Trade`."""
        return self.net @ u

    def sales(self, v: Array) -> Array:
        """As told in `Trade`."""
        return self.received.mT @ v

    def exports(self, v: Array) -> Array:
        """As told in `Trade`."""
        return self.net.mT @ v


def trading(
    ground: Ground,
    tariffs: NDArray[np.float64],
    barriers: NDArray[np.float64],
    export_taxes: NDArray[np.float64] | None = None,
) -> Trading:
    """Work out K = pi kappa^-theta for measures told as [n, i, j]; unchanged rows cost nothing."""
    world = ground.world
    touched = (tariffs != world.tariffs) | (barriers != 1)
    if export_taxes is not None:
        touched |= export_taxes != 0
    at = np.flatnonzero(touched)
    shares = world.trade_shares.ravel()[at]
    at, shares = at[shares != 0], shares[shares != 0]
    opened = 1 + tariffs.ravel()[at]
    taxed = 1.0 if export_taxes is None else 1 + export_taxes.ravel()[at]
    factor = opened / (1 + world.tariffs.ravel()[at]) * barriers.ravel()[at] * taxed
    pair, j = np.divmod(at, len(world.sectors))
    k = shares * factor ** -world.elasticities[j]
    place = j * len(world.regions) ** 2 + pair
    told = [(ground.shares, k), (ground.flows, k / opened)]
    if export_taxes is not None:
        told.append((ground.flows, k / (opened * taxed)))
    k, net, *received = _changed(told, place)
    return Trading(k, net, received[0] if received else net, taxed=export_taxes is not None)


def _changed(told: list[tuple[Array, NDArray[np.float64]]], at: NDArray[np.intp]) -> list[Array]:
    """Give copies of tables in which these places, counted through, hold these values.

    One block for all: small blocks go back to the system each time, and come back slowly.
    """
    block = np.stack([as_numpy(table) for table, _ in told])
    for table, (_, values) in zip(block, told, strict=True):
        table.ravel()[at] = values
    send = sender(told[0][0])
    return [send(table) for table in block]


@dataclass(frozen=True, slots=True, eq=False)
class Crossed:
    """S scenarios that differ from the benchmark in one country's exports and imports alone.

    Attributes:
        k, net: the benchmark's tables, shared.
        country: number c of the country.
        out_k, out_net: what its exports [j, n, S] add to K and to K / (1 + t).
        in_k, in_net: what its imports [j, i, S] add; nothing at i = c. None where they stay as
            they are.
    """

    k: Array
    net: Array
    country: int
    out_k: Array
    out_net: Array
    in_k: Array | None
    in_net: Array | None
    taxed: bool = False

    def prices(self, u: Array) -> Array:
        """As told in `Trade`."""
        return self._bought(self.k @ u, u, self.out_k, self.in_k)

    def imports(self, u: Array) -> Array:
        """As told in `Trade`."""
        return self._bought(self.net @ u, u, self.out_net, self.in_net)

    def sales(self, v: Array) -> Array:
        """As told in `Trade`."""
        c, xp = self.country, functions_of(v)
        sold = self.net.mT @ v
        sold[:, c, :] += xp.sum(self.out_net * v, axis=1)
        if self.in_net is not None:
            sold += self.in_net * v[:, c, None, :]
        return sold

    def exports(self, v: Array) -> Array:
        """As told in `Trade`; there is no export tax here."""
        return self.sales(v)

    def only(self, scenarios: Array) -> Crossed:
        """Give some of the scenarios, told by their numbers."""
        take = functions_of(self.k).take
        added = {name: getattr(self, name) for name in ("out_k", "out_net", "in_k", "in_net")}
        kept: dict[str, Any] = {
            name: take(each, scenarios, axis=2) for name, each in added.items() if each is not None
        }
        return replace(self, **kept)

    def _bought(self, base: Array, u: Array, outward: Array, inward: Array | None) -> Array:
        c, xp = self.country, functions_of(u)
        if inward is not None:
            base[:, c, :] += xp.sum(inward * u, axis=1)
        base += outward * u[:, c, None, :]
        return base


def crossed(
    ground: Ground, country: int, *, on_exports: Array, on_imports: Array | None = None
) -> Crossed:
    """Give a batch of tariffs on what a country sells, and of its own on what it buys.

    Args:
        ground: the world.
        country: its number c.
        on_exports: t'[S, n, j], ad valorem, of each importer n on goods of c; at n = c ignored.
        on_imports: t'[S, i, j] of c on goods of each i; None leaves them as they are.

    Both may be arrays of NumPy, or of the ground's library on its device.
    """
    out_k, out_net = _added(ground, (slice(None), country), on_exports)
    in_k = in_net = None
    if on_imports is not None:
        in_k, in_net = _added(ground, (country, slice(None)), on_imports)
    for each in (out_k, out_net, in_k, in_net):
        if each is not None:
            each[:, country, :] = 0.0
    return Crossed(
        k=ground.shares,
        net=ground.flows,
        country=country,
        out_k=out_k,
        out_net=out_net,
        in_k=in_k,
        in_net=in_net,
    )


def _added(ground: Ground, at: tuple[Any, Any], tariffs: Array) -> tuple[Array, Array]:
    """Give what tariffs [S, other, j] add to K and to K / (1 + t), as [j, other, S]."""
    xp, send = ground.functions, sender(ground.shares)
    exact = sender(ground.shares, xp.float64)
    before, shares = exact(ground.world.tariffs[at]), exact(ground.world.trade_shares[at])
    opened, theta = 1 + exact(tariffs), exact(ground.world.elasticities)
    k = shares * (opened / (1 + before)) ** -theta
    told = k - shares, k / opened - shares / (1 + before)
    added, net = (send(xp.permute_dims(each, (2, 1, 0))) for each in told)
    return added, net
