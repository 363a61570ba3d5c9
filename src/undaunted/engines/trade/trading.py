"""Who supplies whom after a measure: the three products that an iteration asks for.

`Trading` holds one scenario's own tables. `Crossed` holds a batch whose scenarios share the
benchmark's and differ from it only in the imports and the exports of a few countries, so that one
matrix product serves all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from undaunted.engines.trade.ground import Array, Ground
    from undaunted.engines.trade.world import World

__all__ = ["Crossed", "Trade", "Trading", "crossed", "trading"]


class Trade(Protocol):
    """Products of trade tables with vectors; u[j, i, s] are costs, v[j, n, s] spending, powered."""

    taxed: bool

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
    """One scenario's tables, each [j, n, i] or turned round."""

    k: Any
    net: Any
    net_back: Any
    received_back: Any
    taxed: bool

    def prices(self, u: Array) -> Array:
        """As told in `Trade`."""
        return self.k @ u

    def imports(self, u: Array) -> Array:
        """As told in `Trade`."""
        return self.net @ u

    def sales(self, v: Array) -> Array:
        """As told in `Trade`."""
        return self.received_back @ v

    def exports(self, v: Array) -> Array:
        """As told in `Trade`."""
        return self.net_back @ v


def trading(
    ground: Ground, tariffs: Array, barriers: Array, export_taxes: Array | None = None
) -> Trading:
    """Work out K = pi kappa^-theta for measures told as [n, i, j]; unchanged rows cost nothing."""
    world = ground.world
    factor = (1 + tariffs) / (1 + world.tariffs) * barriers
    if export_taxes is not None:
        factor = factor * (1 + export_taxes)
    k = world.trade_shares.copy()
    n, i, j = np.nonzero((factor != 1) & (k != 0))
    k[n, i, j] *= factor[n, i, j] ** -world.elasticities[j]
    net = k / (1 + tariffs)
    received = net if export_taxes is None else net / (1 + export_taxes)
    dtype = ground.shares.dtype

    def turned(table: Array, axes: tuple[int, int, int]) -> Array:
        return np.ascontiguousarray(table.transpose(axes), dtype=dtype)

    received_back = turned(received, (2, 1, 0))
    return Trading(
        k=turned(k, (2, 0, 1)),
        net=turned(net, (2, 0, 1)),
        net_back=received_back if export_taxes is None else turned(net, (2, 1, 0)),
        received_back=received_back,
        taxed=export_taxes is not None,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Crossed:
    """S scenarios that differ from the benchmark in one country's exports and imports alone.

    Attributes:
        k, net, net_back: the benchmark's tables, shared.
        country: number c of the country.
        out_k, out_net: what its exports [j, n, S] add to K and to K / (1 + t).
        in_k, in_net: what its imports [j, i, S] add; nothing at i = c.
    """

    k: Any
    net: Any
    net_back: Any
    country: int
    out_k: Any
    out_net: Any
    in_k: Any
    in_net: Any
    taxed: bool = False

    def prices(self, u: Array) -> Array:
        """As told in `Trade`."""
        return self._bought(self.k @ u, u, self.out_k, self.in_k)

    def imports(self, u: Array) -> Array:
        """As told in `Trade`."""
        return self._bought(self.net @ u, u, self.out_net, self.in_net)

    def sales(self, v: Array) -> Array:
        """As told in `Trade`."""
        c = self.country
        sold = self.net_back @ v
        sold[:, c] += (self.out_net * v).sum(1)
        sold += self.in_net * v[:, c, None]
        return sold

    def exports(self, v: Array) -> Array:
        """As told in `Trade`; there is no export tax here."""
        return self.sales(v)

    def only(self, scenarios: Array) -> Crossed:
        """Give some of the scenarios."""
        kept = {
            name: np.ascontiguousarray(getattr(self, name)[..., scenarios])
            for name in ("out_k", "out_net", "in_k", "in_net")
        }
        return replace(self, **kept)

    def _bought(self, base: Array, u: Array, outward: Array, inward: Array) -> Array:
        c = self.country
        base[:, c] += (inward * u).sum(1)
        base += outward * u[:, c, None]
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
    """
    world, c = ground.world, country
    out_k, out_net = _added(world, (slice(None), c), on_exports)
    kept = np.broadcast_to(world.tariffs[c], on_exports.shape)
    in_k, in_net = _added(world, (c, slice(None)), kept if on_imports is None else on_imports)
    dtype = ground.shares.dtype
    parts = {"out_k": out_k, "out_net": out_net, "in_k": in_k, "in_net": in_net}
    for each in parts.values():
        each[:, c] = 0.0
    flows = world.trade_shares / (1 + world.tariffs)
    return Crossed(
        k=ground.shares,
        net=np.ascontiguousarray(flows.transpose(2, 0, 1), dtype=dtype),
        net_back=np.ascontiguousarray(flows.transpose(2, 1, 0), dtype=dtype),
        country=c,
        **{
            name: np.ascontiguousarray(each.transpose(2, 1, 0), dtype=dtype)
            for name, each in parts.items()
        },
    )


def _added(world: World, at: tuple[Any, Any], tariffs: Array) -> tuple[Array, Array]:
    """Give what tariffs [S, other, j] add to K and to K / (1 + t)."""
    before, shares = world.tariffs[at], world.trade_shares[at]
    k = shares * ((1 + tariffs) / (1 + before)) ** -world.elasticities
    return k - shares, k / (1 + tariffs) - shares / (1 + before)
