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
    touched = (tariffs != world.tariffs) | (barriers != 1)
    if export_taxes is not None:
        touched |= export_taxes != 0
    at = n, i, j = np.nonzero(touched & (world.trade_shares != 0))
    opened = 1 + tariffs[at]
    taxed = 1.0 if export_taxes is None else 1 + export_taxes[at]
    factor = opened / (1 + world.tariffs[at]) * barriers[at] * taxed
    k = world.trade_shares[at] * factor ** -world.elasticities[j]
    net_back = _changed(ground.flows_back, (j, i, n), k / opened)
    return Trading(
        k=_changed(ground.shares, (j, n, i), k),
        net=_changed(ground.flows, (j, n, i), k / opened),
        net_back=net_back,
        received_back=(
            net_back
            if export_taxes is None
            else _changed(ground.flows_back, (j, i, n), k / (opened * taxed))
        ),
        taxed=export_taxes is not None,
    )


def _changed(table: Array, at: tuple[Array, ...], values: Array) -> Array:
    changed = table.copy()
    changed[at] = values
    return changed


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
        kept: dict[str, Any] = {
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
    parts: dict[str, Any] = {"out_k": out_k, "out_net": out_net, "in_k": in_k, "in_net": in_net}
    for each in parts.values():
        each[:, c] = 0.0
    turned: dict[str, Any] = {
        name: np.ascontiguousarray(each.transpose(2, 1, 0), dtype=dtype)
        for name, each in parts.items()
    }
    return Crossed(
        k=ground.shares, net=ground.flows, net_back=ground.flows_back, country=c, **turned
    )


def _added(world: World, at: tuple[Any, Any], tariffs: Array) -> tuple[Array, Array]:
    """Give what tariffs [S, other, j] add to K and to K / (1 + t)."""
    before, shares = world.tariffs[at], world.trade_shares[at]
    k = shares * ((1 + tariffs) / (1 + before)) ** -world.elasticities
    return k - shares, k / (1 + tariffs) - shares / (1 + before)
