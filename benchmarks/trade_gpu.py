"""`python -m benchmarks.trade_gpu [--device cuda] [--world TABLE.npz]`: scenarios a second.

The same code as on NumPy, with arrays that PyTorch holds. PyTorch is no dependency of the platform:
run this with a Python that has it, with `src` and this repository on its path. Before anything is
timed, the numbers are held against those of NumPy.
"""

from __future__ import annotations

import argparse
import importlib
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.trade_world import drawn_world, read_world, sanctions
from undaunted.engines.trade import (
    RANKING,
    Effort,
    Ground,
    World,
    crossed,
    no_measures,
    prepare,
    solve,
    solve_batch,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.engines.trade.arrays import Array

__all__ = ["main"]

BATCHES = (64, 512, 4096)
ROUNDS = 5
SAME = 1e-10


def main() -> None:
    """Hold the numbers against NumPy's, then print scenarios a second."""
    parser = argparse.ArgumentParser(prog="benchmarks.trade_gpu", description=__doc__)
    parser.add_argument("--device", help="cuda, cuda:1, cpu; without it what PyTorch finds")
    parser.add_argument("--world", type=Path, help="npz; without it a drawn world of 80 by 28")
    parser.add_argument("--batches", type=int, nargs="+", default=BATCHES)
    chosen = parser.parse_args()
    torch: Any = importlib.import_module("torch")
    device = chosen.device or ("cuda" if torch.cuda.is_available() else "cpu")
    wait: Callable[[], None] = (
        torch.cuda.synchronize if device.startswith("cuda") else (lambda: None)
    )
    name = torch.cuda.get_device_name(device) if device.startswith("cuda") else "processor"
    world = read_world(chosen.world) if chosen.world else drawn_world(80, 28)
    print(f"PyTorch {torch.__version__} on {device} ({name}); world: {world.name}")
    like = torch.empty(0, device=device)
    exact = prepare(world, like=like)
    print(_held_against_numpy(world, exact))
    print(f"one scenario at 1e-8, float64: {1000 * _alone(world, exact, wait):.2f} ms")
    short = prepare(world, dtype=np.float32, like=like)
    for number in chosen.batches:
        for ground, effort, told in ((short, RANKING, "float32"), (exact, Effort(), "float64")):
            given = torch.asarray(sanctions(world, 0, number), device=device)
            seconds, found = _batch(ground, given, effort, wait)
            print(
                f"{number} scenarios at {effort.tolerance:.0e}, {told}: {number / seconds:,.0f} "
                f"a second ({1000 * seconds / number:.3f} ms each), {found:.1%} found"
            )


def _held_against_numpy(world: World, there: Ground) -> str:
    measures = no_measures(world)
    measures.tariffs[1:, 0] += 0.25
    one, other = (
        solve(ground, measures, effort=Effort(1e-11)) for ground in (prepare(world), there)
    )
    apart = float(np.abs(one.real_income - other.real_income).max())
    assert apart < SAME, f"NumPy and PyTorch differ by {apart:.1e}"
    return f"greatest difference of real income from NumPy: {apart:.1e}"


def _alone(world: World, ground: Ground, wait: Callable[[], None]) -> float:
    measures = no_measures(world)
    measures.tariffs[1:, 0] += 0.25
    return _best(lambda: solve(ground, measures), wait)


def _batch(
    ground: Ground, given: Array, effort: Effort, wait: Callable[[], None]
) -> tuple[float, float]:
    found = solve_batch(ground, crossed(ground, 0, on_exports=given), effort=effort).found
    seconds = _best(
        lambda: solve_batch(ground, crossed(ground, 0, on_exports=given), effort=effort), wait
    )
    return seconds, float(found.mean())


def _best(call: Callable[[], object], wait: Callable[[], None]) -> float:
    """Give the shortest of some runs, the measures made ready for the iteration in each."""
    found = []
    for _ in range(ROUNDS):
        wait()
        begin = time.perf_counter()
        call()
        wait()
        found.append(time.perf_counter() - begin)
    return min(found)


if __name__ == "__main__":
    main()
