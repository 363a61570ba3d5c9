"""`python -m benchmarks.trade_gpu [--device cuda] [--write FILE.json]`: scenarios a second.

The same code as on NumPy, with arrays that PyTorch holds. PyTorch is no dependency of the platform:
run this with a Python that has it, with `src` and this repository on its path. Before anything is
timed, the numbers are held against those of NumPy in float64, and every batch that is timed is too.
What is written `benchmarks.trade_gpu_page` puts on the page of `benchmarks.trade`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from benchmarks.trade_world import drawn_world, read_world, sanctions
from undaunted.coercion.exposure.readers.shipped import shipped_world
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

    from numpy.typing import NDArray

    from undaunted.engines.trade import Batch
    from undaunted.engines.trade.arrays import Array

__all__ = ["main"]

BATCHES = (64, 512, 4096, 16384)
PROFILED = 4096
ROUNDS = 15
COMPARED = 256
SAME, CLOSE = 1e-10, 2e-5
LARGE = 141, 65
LEVY = 0.25
COPIED = 1 << 30


class _Card(NamedTuple):
    """PyTorch, and where it works."""

    torch: Any
    device: str

    @property
    def is_card(self) -> bool:
        return self.device.startswith("cuda")

    def wait(self) -> None:
        if self.is_card:
            self.torch.cuda.synchronize()

    def like(self) -> Array:
        return self.torch.empty(0, device=self.device)


def main() -> None:
    """Hold the numbers against NumPy's, measure, print, and write where that is asked."""
    parser = argparse.ArgumentParser(prog="benchmarks.trade_gpu", description=__doc__)
    parser.add_argument("--device", help="cuda, cuda:1, cpu; without it what PyTorch finds")
    parser.add_argument("--world", type=Path, help="npz; without it the shipped table")
    parser.add_argument("--exporter", default="CHN", help="whose goods bear the tariffs")
    parser.add_argument("--batches", type=int, nargs="+", default=BATCHES)
    parser.add_argument("--large", type=int, nargs=2, default=LARGE, help="countries, sectors")
    parser.add_argument("--write", type=Path, help="put what was measured into this file")
    chosen = parser.parse_args()
    torch: Any = importlib.import_module("torch")
    card = _Card(torch, chosen.device or ("cuda" if torch.cuda.is_available() else "cpu"))
    world = read_world(chosen.world) if chosen.world else shipped_world()
    told = _where(card) | _alone(card, world, chosen.exporter)
    told |= _batches(card, world, chosen.exporter, chosen.batches)
    told["large"] = _alone(card, drawn_world(*chosen.large), "X000")
    text = json.dumps(told, indent=1) + "\n"
    print(text)
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")


def _where(card: _Card) -> dict[str, Any]:
    told: dict[str, Any] = {
        "on": f"{datetime.now(UTC):%Y-%m-%d}",
        "device": card.torch.cuda.get_device_name(card.device) if card.is_card else "processor",
        "PyTorch": card.torch.__version__,
        "CUDA": card.torch.version.cuda,
        "NumPy": np.__version__,
        "Python": platform.python_version(),
        "products of float32": card.torch.get_float32_matmul_precision(),
    }
    one = card.torch.empty(COPIED, dtype=card.torch.uint8, device=card.device)
    other = card.torch.empty_like(one)
    took, _ = _took(card, lambda: other.copy_(one))
    return told | {"copied, bytes a second": 2 * COPIED / took}


def _alone(card: _Card, world: World, exporter: str) -> dict[str, Any]:
    """Solve one scenario there and with NumPy beside it, in float64."""
    measures, c = no_measures(world), world.regions.index(exporter)
    measures.tariffs[:, c] += LEVY
    measures.tariffs[c, c] = world.tariffs[c, c]
    here, there = prepare(world), prepare(world, like=card.like())
    one, other = (solve(ground, measures, effort=Effort(1e-11)) for ground in (here, there))
    apart = float(np.abs(one.real_income - other.real_income).max())
    assert apart < SAME, f"NumPy and PyTorch differ by {apart:.1e}"
    took, middle = _took(card, lambda: solve(there, measures))
    by_numpy, _ = _took(card, lambda: solve(here, measures))
    return {
        "world": world.name,
        "digest": world.digest,
        "size": [len(world.regions), len(world.sectors)],
        "iterations": solve(there, measures).certificate.iterations,
        "seconds": took,
        "middle": middle,
        "NumPy beside it, seconds": by_numpy,
        "apart": apart,
    }


def _batches(card: _Card, world: World, exporter: str, numbers: list[int]) -> dict[str, Any]:
    """Time batches in float32 and in float64, and try the shorter products of a card."""
    c, here = world.regions.index(exporter), prepare(world)
    levies = sanctions(world, c, max(numbers))
    some = crossed(here, c, on_exports=levies[:COMPARED])
    right = solve_batch(here, some, effort=Effort()).real_income
    grounds = (
        (prepare(world, dtype=np.float32, like=card.like()), RANKING),
        (prepare(world, like=card.like()), Effort()),
    )
    told = []
    for number in numbers:
        given = card.torch.asarray(levies[:number], device=card.device)
        for ground, effort in grounds:
            told.append(_batch(card, (ground, c, given), effort, right))
    short, effort = grounds[0]
    given = card.torch.asarray(levies[: min(numbers)], device=card.device)
    card.torch.set_float32_matmul_precision("high")
    tried = solve_batch(short, crossed(short, c, on_exports=given), effort=effort)
    card.torch.set_float32_matmul_precision("highest")
    return {
        "batches": told,
        "compared with NumPy": COMPARED,
        "found with shorter products": float(tried.found.mean()),
    }


def _batch(
    card: _Card, asked: tuple[Ground, int, Array], effort: Effort, right: NDArray[np.float64]
) -> dict[str, Any]:
    """Time a batch from levels that lie there to real income on the processor."""
    ground, c, given = asked

    def call() -> Batch:
        return solve_batch(ground, crossed(ground, c, on_exports=given), effort=effort)

    found = call()
    apart = np.abs(found.real_income[: len(right)] - right[: len(given)])
    took, middle = _took(card, call)
    told: dict[str, Any] = {
        "scenarios": len(given),
        "type": str(ground.shares.dtype).removeprefix("torch."),
        "tolerance": effort.tolerance,
        "seconds": took,
        "middle": middle,
        "found": float(found.found.mean()),
        "iterations": int(found.iterations.max()),
        "apart": float(np.nanmax(apart)) if np.isfinite(apart).any() else None,
    }
    assert found.found.mean() < 1 or told["apart"] < CLOSE, f"apart from NumPy: {told['apart']}"
    if card.is_card and len(given) == PROFILED:
        told["busy"] = _busy(card, call)
        told["state, bytes"] = ground.size[0] * (1 + 2 * ground.size[1]) * ground.beta.itemsize
    return told


def _took(card: _Card, call: Callable[[], object]) -> tuple[float, float]:
    """Give the shortest and the middle of some runs, in seconds."""
    found = []
    call()
    for _ in range(ROUNDS):
        card.wait()
        begin = time.perf_counter()
        call()
        card.wait()
        found.append(time.perf_counter() - begin)
    return min(found), float(np.median(found))


def _busy(card: _Card, call: Callable[[], object]) -> float:
    """Give how long the card itself worked, in seconds."""
    profiler = importlib.import_module("torch.profiler")
    with profiler.profile(activities=[profiler.ProfilerActivity.CUDA]) as watched:
        call()
        card.wait()
    worked = (each for each in watched.key_averages() if each.device_type.name == "CUDA")
    return float(sum(each.self_device_time_total for each in worked)) / 1e6


if __name__ == "__main__":
    main()
