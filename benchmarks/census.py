"""`python -m benchmarks.census`: the census's statistics beside lifelines and statsmodels.

The same rows go to both, in one run; the peers work in an environment of their own and are not
charged for reading. Where both give a number, the page says whether it is the same.
"""

from __future__ import annotations

import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.machine import describe, now
from benchmarks.peers.environments import PeerFailed, ask
from benchmarks.timing import Spread, spread
from undaunted.engines.census import Lengths, Survival, survival_of, trend_of
from undaunted.engines.census.disclosure import Membership, drawn_counts
from undaunted.engines.census.overlap import (
    Fitting,
    OverlapTable,
    Resampling,
    graph_answer,
    hierarchical_models,
    log_linear_answers,
    overlap_table,
)
from undaunted.engines.census.overlap.models import Fits, design_of, fit_counts
from undaunted.engines.census.panels import Covered, PanelPoint, panel_change

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["main"]

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks-census.md"
PERSONS = 1_000_000
ROUNDS = 5
LISTS = ("A", "B", "C", "D")
SEEN = (0.30, 0.25, 0.20, 0.15)


def main() -> None:
    """Measure, and write the page."""
    state = now()
    lengths, table = _lengths(), _table()
    curve, fits = survival_of(lengths), _fitted(table)
    ours = {
        "curve": _timed(partial(survival_of, lengths)),
        "models": _timed(partial(_fitted, table)),
    }
    peer = _peer(lengths, table)
    told = ", ".join(f"{name} {value}" for name, value in describe().items())
    text = _HEAD.format(machine=told, persons=PERSONS, **state)
    text += _row("Kaplan and Meier, 1,000,000 lengths, late entry", ours["curve"], peer, "curve")
    text += _row("64 log-linear models of four lists, one table", ours["models"], peer, "models")
    text += "".join(_alone(name, found) for name, found in _others(table).items())
    text += _agreement(curve, fits, peer)
    PAGE.write_text(text, encoding="utf-8")
    print(text)


def _timed(call: Callable[[], object]) -> Spread:
    """Run it once unmeasured, then by processor time, which neighbours do not touch."""
    found = []
    for _ in range(ROUNDS + 1):
        begin = time.process_time()
        call()
        found.append((time.process_time() - begin) * 1000)
    return spread(found[1:])


def _lengths() -> Lengths:
    chance = np.random.default_rng(1)
    entry = np.where(chance.uniform(size=PERSONS) < 0.2, chance.integers(1, 2000, PERSONS), 0)
    held = entry + 1 + chance.geometric(1 / 900, PERSONS)
    ended = chance.uniform(size=PERSONS) < 0.6
    return Lengths(entry, held, ended)


def _table() -> OverlapTable:
    chance = np.random.default_rng(2)
    marks = (chance.uniform(size=(20_000, len(LISTS))) < SEEN).astype(int)
    seen, counts = np.unique(marks[marks.any(axis=1)], axis=0, return_counts=True)
    return overlap_table(LISTS, seen.tolist(), counts.tolist())


def _designs() -> list[Any]:
    return [design_of(model, len(LISTS)) for model in hierarchical_models(len(LISTS), 2)]


def _fitted(table: OverlapTable) -> list[Fits]:
    counts = table.cells.ravel()[1:].astype(float)[None]
    return [fit_counts(design, counts, Fitting()) for design in _designs()]


def _peer(lengths: Lengths, table: OverlapTable) -> dict[str, Any] | str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lengths.npz"
        np.savez(file, entry=lengths.entry, exit=lengths.exit, ended=lengths.ended)
        question = {
            "file": str(file),
            "rounds": ROUNDS,
            "counts": table.cells.ravel()[1:].tolist(),
            "designs": [design.tolist() for design in _designs()],
        }
        try:
            return ask("census", question)
        except PeerFailed as failure:
            return str(failure)


def _others(table: OverlapTable) -> dict[str, Spread]:
    chance = np.random.default_rng(3)
    keys = chance.integers(0, 2**64, PERSONS, dtype=np.uint64)
    cells = Membership(np.arange(PERSONS), chance.integers(0, 6000, PERSONS), 6000)
    points = [
        PanelPoint(
            day, tuple(Covered(f"X{unit}", unit, frozenset("s"), "r") for unit in range(250))
        )
        for day in (date(2024, 12, 31), date(2025, 12, 31))
    ]
    values = chance.integers(0, 900, 30).tolist()
    drawing = partial(Resampling, replicates=500)
    return {
        "Both averages with 500 drawn tables each": _timed(
            lambda: log_linear_answers(table, Fitting(), drawing(np.random.default_rng(1)))
        ),
        "Posterior over the 60 graphs of four lists": _timed(partial(graph_answer, table)),
        "Trend of 30 years, exact": _timed(partial(trend_of, range(30), values)),
        "Change on the panel of 250 countries": _timed(partial(panel_change, *points)),
        "1,000,000 unpublished persons drawn into 6,000 cells": _timed(
            partial(drawn_counts, keys, cells, one_in=10)
        ),
    }


def _row(name: str, ours: Spread, peer: dict[str, Any] | str, key: str) -> str:
    if isinstance(peer, str):
        return f"| {name} | {_ms(ours)} | {peer} | |\n"
    theirs = spread(peer[key])
    told, times = f"{peer[f'{key} by']}: {_ms(theirs)}", theirs.median / ours.median
    return f"| {name} | {_ms(ours)} | {told} | {times:.1f} |\n"


def _alone(name: str, found: Spread) -> str:
    return f"| {name} | {_ms(found)} | none as a package | |\n"


def _ms(found: Spread) -> str:
    return f"{found.median:,.1f} ({found.p95:,.1f})"


def _agreement(curve: Survival, fits: list[Fits], peer: dict[str, Any] | str) -> str:
    if isinstance(peer, str):
        return ""
    same = np.abs(curve.share - np.array(peer["share"])).max()
    missing = np.array([fit.missing[0] for fit in fits])
    apart = np.abs(missing / np.array(peer["missing"]) - 1).max()
    return (
        f"\nLargest difference from the peers: {same:.1e} of the share still held, over"
        f" {curve.days.size:,} days; {apart:.1e} of the number on no list, over {len(fits)}"
        " models.\n"
    )


_HEAD = """# The census's statistics, measured

Written by `python -m benchmarks.census`; nothing here is typed by hand. Milliseconds of
processor: the median of five rounds, the 95th percentile in parentheses. The peers got the same
rows in the same run, in an environment of their own (`benchmarks/peers/census.txt`).

Machine: {machine}. Programs waiting for the processor before: {load} on {on}.

| Measure | Ours | Peer | Times as long |
|---|---|---|---|
"""

if __name__ == "__main__":
    main()
