"""Who supplies whom after a measure: the three products that an iteration asks for.

`Trading` holds one scenario's own tables. `Crossed` holds a batch whose scenarios share the
benchmark's and differ from it only in the imports and the exports of a few countries, so that one
matrix product serves all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from undaunted.engines.trade.ground import Array, Ground

__all__ = ["Trade", "Trading", "trading"]


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
