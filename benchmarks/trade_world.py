"""Worlds for the benchmarks of `engines/trade`: drawn at any size, or read from a table of arrays.

A drawn world has the shape of a real one: few large and many small countries, trade that falls with
distance, most things bought at home. Nothing in it is any country's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade import World, make_world, settled

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["drawn_world", "read_world", "sanctions"]

SWEEPS = 300


def drawn_world(countries: int, sectors: int, *, seed: int = 1) -> World:
    """Draw a world that balances."""
    chance = np.random.default_rng(seed)
    n, j = countries, sectors
    shares, tariffs = _trade(chance, n, j)
    inputs = chance.gamma(0.5, size=(n, j, j))
    inputs *= chance.uniform(0.3, 0.65, (n, 1, j)) / inputs.sum(1, keepdims=True)
    final, beta = chance.dirichlet(np.ones(j), n), 1 - inputs.sum(1)
    flows = shares / (1 + tariffs)
    added = np.exp(chance.normal(0, 1.5, n))
    spent = final * added[:, None] * 2
    for _ in range(SWEEPS):
        sales = np.einsum("nij,nj->ij", flows, spent)
        added = (beta * sales).sum(1)
        revenue = np.einsum("nij,nj->n", flows * tariffs, spent)
        spent = final * (added + revenue)[:, None] + (inputs @ sales[:, :, None])[..., 0]
        spent *= 1e6 / added.sum()
    world, _ = settled(
        make_world(
            regions=[f"X{each:03}" for each in range(n)],
            sectors=[f"S{each:03}" for each in range(j)],
            trade_shares=shares,
            tariffs=tariffs,
            value_added_shares=beta,
            input_shares=inputs,
            final_shares=final,
            elasticities=chance.uniform(2.5, 9, j),
            value_added=added,
            deficits=np.zeros(n),
            expenditure=spent,
            name=f"drawn, {n} countries, {j} sectors",
        )
    )
    return world


def read_world(path: Path) -> World:
    """Read a world from an npz of arrays: pi, tau, beta, gamma, alpha, theta, VA, D, X and axes."""
    told = np.load(path)
    world, _ = settled(
        make_world(
            regions=told["regions"],
            sectors=told["sectors"],
            trade_shares=told["pi"],
            tariffs=told["tau"],
            value_added_shares=told["beta"],
            input_shares=told["gamma"],
            final_shares=told["alpha"],
            elasticities=told["theta"],
            value_added=told["VA"],
            deficits=told["D"],
            expenditure=told["X"],
            name=path.stem,
        )
    )
    return world


def sanctions(world: World, country: int, number: int, *, seed: int = 2) -> NDArray[np.float64]:
    """Draw tariffs t'[S, n, j] of every other country on one country's goods, sector by sector."""
    levels = np.random.default_rng(seed).choice(
        [0, 0.1, 0.25, 0.5, 1.0], (number, len(world.regions), len(world.sectors))
    )
    told: NDArray[np.float64] = world.tariffs[:, country] + levels
    return told


def _trade(chance: np.random.Generator, n: int, j: int) -> tuple[NDArray[np.float64], ...]:
    place, size = chance.uniform(size=(n, 2)), np.exp(chance.normal(0, 1.5, n))
    far = np.linalg.norm(place[:, None] - place[None], axis=2) + 0.05
    strength = size[None, :, None] ** 0.8 * far[:, :, None] ** -1.2
    strength = strength * np.exp(chance.normal(0, 1, (1, n, j)))
    own = np.arange(n)
    strength[own, own] = 0
    home = chance.uniform(0.4, 0.95, (n, j))
    shares = strength / strength.sum(1, keepdims=True) * (1 - home)[:, None]
    shares[own, own] = home
    tariffs = np.exp(chance.normal(-3.5, 1, (n, n, j))).clip(0, 0.5)
    tariffs[own, own] = 0
    return shares, tariffs
