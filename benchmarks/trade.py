"""`python -m benchmarks.trade`: what a trade measure costs, how quickly, and beside the peers.

One run writes the page and its picture. Times are the shortest of many runs, of processor and of
clock, since whatever else the machine does can only make a run longer.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.machine import describe, now
from benchmarks.trade_gpu_page import section
from benchmarks.trade_peers import Compared, Took, beside_gegravity, beside_pymrio, took
from benchmarks.trade_world import drawn_world, read_world, sanctions
from undaunted.coercion.exposure.readers.shipped import shipped_paper, shipped_world
from undaunted.engines.trade import (
    World,
    crossed,
    gradients,
    no_measures,
    prepare,
    solve,
    solve_batch,
)

if TYPE_CHECKING:
    from undaunted.engines.trade import Measures

__all__ = ["main"]

DOCS = Path(__file__).parents[1] / "docs"
OTHER = Path(__file__).parents[2] / "shared" / "data" / "trade" / "icio2022_cp80x28.npz"
BATCH = 64
LEVY = 0.25
SIZES = ((20, 28), (40, 28), (80, 10), (80, 28), (80, 65), (110, 28), (141, 28), (141, 65))


def main() -> None:
    """Measure, and write the page and its picture."""
    state, shipped = now(), shipped_world()
    text = _HEAD.format(machine=", ".join(f"{k} {v}" for k, v in describe().items()), **state)
    text += _scenarios("The shipped table, 80 by 28", shipped, "CHN")
    if OTHER.exists():
        text += _scenarios("Another build of it, with tariffs", read_world(OTHER), "CHN")
    text += _PEERS
    compared = beside_gegravity(), beside_pymrio(shipped)
    text += "".join(map(_beside, compared))
    text += "\n" + "\n".join(f"- {each.name}: {each.told}" for each in compared if each.told) + "\n"
    costs = [_cost(*size) for size in SIZES]
    text += _SIZES + "".join(map(_size, costs))
    (DOCS / "benchmarks-trade.svg").write_text(_picture(costs), encoding="utf-8")
    text += _TAIL.format(card=section(), attribution=shipped_paper().attribution)
    (DOCS / "benchmarks-trade.md").write_text(text, encoding="utf-8")
    print(text)


def _levied(world: World, exporter: int) -> Measures:
    measures = no_measures(world)
    measures.tariffs[:, exporter] += LEVY
    measures.tariffs[exporter, exporter] = world.tariffs[exporter, exporter]
    return measures


def _scenarios(name: str, world: World, code: str) -> str:
    c = world.regions.index(code)
    ground, short = prepare(world), prepare(world, dtype=np.float32)
    measures, levies = _levied(world, c), sanctions(world, c, BATCH)
    found = solve(ground, measures)
    batch = solve_batch(short, crossed(short, c, on_exports=levies))
    each = took(lambda: solve_batch(short, crossed(short, c, on_exports=levies)), rounds=25)
    rows = {
        f"once for a world ({SWEPT})": took(lambda: prepare(world), rounds=3),
        f"one scenario at 1e-8, {found.certificate.iterations} iterations": took(
            lambda: solve(ground, measures), rounds=200
        ),
        f"a scenario of a batch of {BATCH}, float32 at 2e-5, at most {batch.iterations.max()}"
        f" iterations, {batch.found.mean():.0%} found": Took(
            each.processor / BATCH, each.clock / BATCH
        ),
        "slopes of one country's real income by all tariffs and barriers": took(
            lambda: gradients(ground, found, [code]), rounds=10
        ),
    }
    return "".join(f"| {name}: {what} | {_ms(took_)} |\n" for what, took_ in rows.items())


def _beside(row: Compared) -> str:
    if row.theirs is None:
        return f"| {row.name} | not compared | {row.peer} | |\n"
    times = row.theirs.processor / row.ours.processor
    return f"| {row.name} | {_ms(row.ours)} | {row.peer}: {_ms(row.theirs)} | {times:,.0f} |\n"


def _cost(countries: int, sectors: int) -> dict[str, Any]:
    world = drawn_world(countries, sectors)
    ground, measures = prepare(world), _levied(world, 0)
    rounds = solve(ground, measures).certificate.iterations
    given = _bytes(world) + 2 * measures.tariffs.nbytes
    tracemalloc.start()
    whole = prepare(world)
    prepared = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    solve(whole, measures)
    solved = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    spent = took(lambda: solve(ground, measures), rounds=40)
    return {
        "countries": countries, "sectors": sectors, "iterations": rounds, "took": spent,
        "ms": spent.processor, "data": given / 1e6,
        "prepared": (_bytes(world) + prepared) / _bytes(world), "solved": (given + solved) / given,
    }  # fmt: skip


def _bytes(world: World) -> int:
    tables = (getattr(world, field.name) for field in fields(world))
    return sum(table.nbytes for table in tables if isinstance(table, np.ndarray))


def _size(cost: dict[str, Any]) -> str:
    return (
        f"| {cost['countries']} by {cost['sectors']} | {cost['iterations']} | {_ms(cost['took'])}"
        f" | {cost['data']:,.1f} | {cost['prepared']:.1f} | {cost['solved']:.1f} |\n"
    )


def _ms(spent: Took) -> str:
    return f"{spent.processor:,.2f} ({spent.clock:,.2f})"


def _picture(costs: list[dict[str, Any]]) -> str:
    rows = [
        {"size": n * n * j / 1000, "ms": cost["ms"], "name": name}
        for cost in costs
        for n, j in [(cost["countries"], cost["sectors"])]
        for name, belongs in (
            ("28 sectors, 20 to 141 countries", j == 28),
            ("80 countries, 10 to 65 sectors", n == 80),
            ("141 countries, 65 sectors", (n, j) == (141, 65)),
        )
        if belongs
    ]
    scale = {"type": "log", "nice": False, "padding": 12}
    axis = {"type": "quantitative", "scale": scale}
    named: dict[str, Any] = {"field": "name", "type": "nominal", "title": None}
    named |= {"legend": {"orient": "top", "labelLimit": 260}}
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 520, "height": 280, "data": {"values": rows},
        "mark": {"type": "line", "point": {"size": 60}},
        "encoding": {
            "x": axis | {"field": "size", "title": "countries squared times sectors, thousands"},
            "y": axis | {"field": "ms", "title": "one scenario at 1e-8, ms of processor"},
            "color": named,
            "shape": named,
        },
    }  # fmt: skip
    words = [sys.executable, "-m", "undaunted.site.charts.render"]
    done = subprocess.run(
        words, input=json.dumps([chart]), capture_output=True, text=True, check=True
    )
    told: list[str] = json.loads(done.stdout)
    return told[0]


SWEPT = "its tables and guides"

_HEAD = """# What a trade measure costs, measured

Written by `python -m benchmarks.trade`; nothing here is typed by hand. Milliseconds of processor,
and of clock in parentheses; each is the shortest of many runs. Where other programs wait for the
same processors, the clock tells of them too.

Machine: {machine}. Programs waiting for the processor before: {load} on {on}.

## Scenarios

The measure is 25 percentage points by all countries on every good of one. In a batch, every other
country draws a level for each sector. Targets: 8 ms alone, 1.5 ms in a batch.

| Measure | Milliseconds |
|---|---|
"""
_PEERS = """
## Beside the peers

Each peer works in an environment of its own (`benchmarks/peers`), in the same run and on the same
numbers, and is charged for its solving alone, not for reading or checking its data; the engine is
charged for everything from arrays to the answer.

| Question | Ours | Peer | Times as long |
|---|---|---|---|
"""
_SIZES = """
## Cost against countries and sectors

Drawn worlds. Megabytes are of the tables and of the measures that are given. The last two columns
are the most memory held at once, everything given included, as so many times what was given: while
a world is made ready, and while a scenario is solved. Targets: 100 ms for 141 by 65, and 3 times.

| Countries by sectors | Iterations | One scenario, ms | Given, MB | Making ready | Solving |
|---|---|---|---|---|---|
"""
_TAIL = """
![Milliseconds of one scenario against the size of the world, both as logarithms](benchmarks-trade.svg)

{card}
{attribution}
"""  # noqa: E501

if __name__ == "__main__":
    main()
