"""From the three tables that say everything to a world that balances.

Trade shares, input shares and spending imply what is sold, paid and spent finally; value added,
final shares and deficits follow from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade import World, make_world, settled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from undaunted.engines.trade import Balance

__all__ = ["world_of"]


def world_of(  # noqa: PLR0913 - a world is these tables
    *,
    regions: Sequence[str],
    sectors: Sequence[str],
    trade_shares: ArrayLike,
    input_shares: ArrayLike,
    expenditure: ArrayLike,
    elasticities: ArrayLike,
    tariffs: ArrayLike | None = None,
    name: str,
) -> tuple[World, Balance]:
    """Give the world of pi[n, i, j], gamma[n, k, j] and X[n, j], and how it balanced.

    Tariffs are zero unless given; spending has them in it. Raises `WorldMalformed`.
    """
    shares = np.asarray(trade_shares, dtype=np.float64)
    shares = shares / np.where(shares.sum(1) > 0, shares.sum(1), 1)[:, None, :]
    inputs = np.asarray(input_shares, dtype=np.float64)
    spent = np.asarray(expenditure, dtype=np.float64)
    levied = np.zeros_like(shares) if tariffs is None else np.asarray(tariffs, dtype=np.float64)
    sales = np.einsum("nij,nj->ij", shares / (1 + levied), spent)
    added = ((1 - inputs.sum(1)) * sales).sum(1)
    final = np.maximum(spent - np.einsum("njk,nk->nj", inputs, sales), 0)
    revenue = np.einsum("nij,nj->n", shares * levied / (1 + levied), spent)
    return settled(
        make_world(
            regions=regions,
            sectors=sectors,
            trade_shares=shares,
            tariffs=levied,
            value_added_shares=1 - inputs.sum(1),
            input_shares=inputs,
            final_shares=final / final.sum(1)[:, None],
            elasticities=elasticities,
            value_added=added,
            deficits=final.sum(1) - added - revenue,
            expenditure=spent,
            name=name,
        )
    )
