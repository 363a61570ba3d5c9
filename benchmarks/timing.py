"""Repeating something and saying how long it took."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Spread", "spread", "timed"]


@dataclass(frozen=True)
class Spread:
    """Median and 95th percentile of so many runs, in milliseconds."""

    median: float
    p95: float
    runs: int

    def as_dict(self) -> dict[str, Any]:
        """Give it for JSON."""
        return asdict(self)


def spread(milliseconds: Iterable[float]) -> Spread:
    """Sum up what was measured."""
    values = sorted(milliseconds)
    if not values:
        return Spread(0.0, 0.0, 0)
    return Spread(
        median(values), values[min(len(values) - 1, int(len(values) * 0.95))], len(values)
    )


def timed(calls: Iterable[Callable[[], object]], *, rounds: int = 3) -> Spread:
    """Run every call once unmeasured, then `rounds` times."""
    kept = list(calls)
    for call in kept:
        call()
    found = []
    for _ in range(rounds):
        for call in kept:
            begin = time.perf_counter()
            call()
            found.append((time.perf_counter() - begin) * 1000)
    return spread(found)
