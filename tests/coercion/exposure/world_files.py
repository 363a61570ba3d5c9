"""Small worlds as the arrays that users keep in npz files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tests.engines.trade.worlds import small_world

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["arrays", "write_world"]


def arrays(seed: int = 1) -> dict[str, Any]:
    """Give the arrays of a world that balances."""
    world = small_world(seed)
    return {
        "regions": np.array(world.regions),
        "sectors": np.array(["A01", "C10", "G"]),
        "pi": world.trade_shares,
        "tau": world.tariffs,
        "beta": world.value_added_shares,
        "gamma": world.input_shares,
        "alpha": world.final_shares,
        "theta": world.elasticities,
        "VA": world.value_added,
        "D": world.deficits,
        "X": world.expenditure,
    }


def write_world(path: Path, **changed: Any) -> Path:
    """Write a world, with some arrays changed; None leaves one out."""
    held = arrays() | changed
    np.savez_compressed(path, **{key: each for key, each in held.items() if each is not None})
    return path
