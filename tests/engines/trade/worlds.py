"""Small worlds for tests, drawn at random and brought to balance."""

from __future__ import annotations

from typing import Any

import numpy as np

from undaunted.engines.trade import World, make_world, settled

__all__ = ["SECTORS", "lopsided_world", "small_world", "tables"]

SECTORS = ("farms", "mills", "shops")


def tables(seed: int = 1, *, countries: int = 4, tariff: float = 0.1) -> dict[str, Any]:
    """Give the tables of a world that balances nearly."""
    rng = np.random.default_rng(seed)
    n, j = countries, len(SECTORS)
    shares = rng.uniform(0.02, 0.2, (n, n, j))
    shares[np.arange(n), np.arange(n)] += 1.5
    shares /= shares.sum(1, keepdims=True)
    tariffs = rng.uniform(0, tariff, (n, n, j))
    tariffs[np.arange(n), np.arange(n)] = 0
    inputs = rng.uniform(0.05, 0.25, (n, j, j))
    final = rng.dirichlet(np.ones(j), n)
    added, beta = rng.uniform(50, 500, n), 1 - inputs.sum(1)
    flows = shares / (1 + tariffs)
    spent = final * added[:, None] * 2
    for _ in range(400):
        sales = np.einsum("nij,nj->ij", flows, spent)
        added = (beta * sales).sum(1)
        revenue = np.einsum("nij,nj->n", flows * tariffs, spent)
        spent = final * (added + revenue)[:, None] + np.einsum("njk,nk->nj", inputs, sales)
        spent *= 1000 / added.sum()
    return {
        "regions": [f"C{each}" for each in range(n)],
        "sectors": SECTORS,
        "trade_shares": shares,
        "tariffs": tariffs,
        "value_added_shares": beta,
        "input_shares": inputs,
        "final_shares": final,
        "elasticities": rng.uniform(2, 9, j),
        "value_added": added,
        "deficits": np.zeros(n),
        "expenditure": spent,
        "name": "drawn",
    }


def small_world(seed: int = 1, **more: Any) -> World:
    """Give a world that balances."""
    world, _ = settled(make_world(**tables(seed, **more)))
    return world


def lopsided_world(seed: int = 1, *, off: float = 0.3, **more: Any) -> World:
    """Give a world in which some spend more than they earn, and others less."""
    told = tables(seed, **more)
    n = len(told["regions"])
    told["expenditure"] = told["expenditure"] * np.linspace(1, 1 + off, n)[:, None]
    world, _ = settled(make_world(**told))
    return world
