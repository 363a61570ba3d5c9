"""`python -m benchmarks.ownership`: who controls whom, how quickly, and beside the peers.

One run writes the page and its picture; `--largest` says up to how many companies. Times are the
shortest of some runs, of processor and of clock, since whatever else the machine does can only make
a run longer.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.machine import describe, memory_used, now
from benchmarks.ownership_growth import Grown, picture
from benchmarks.ownership_largest import section as largest
from benchmarks.ownership_routes import routes
from benchmarks.ownership_spark_page import section
from benchmarks.ownership_targets import PAGE, with_verdicts
from benchmarks.ownership_worlds import drawn_stakes, planted_stakes
from benchmarks.peers.environments import PeerFailed, ask
from undaunted.engines.ownership import (
    HALF,
    Right,
    Stakes,
    all_control,
    control,
    control_by,
    integrated,
    layer_graph,
    proof_of,
    recontrolled,
    votes_graph,
    weakest_link,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from undaunted.engines.ownership import Control, Graph

__all__ = ["main"]

SMALLEST, LARGEST = 1_000_000, 16_000_000
FIRST = SMALLEST, 3 * SMALLEST // 2
SETS = 64
TARGETS = {"all": "100", "sets": "4,000", "may": "500", "proof": "50"}


@dataclass(frozen=True)
class Took:
    """The shortest of some runs, in milliseconds of processor and of clock."""

    processor: float
    clock: float

    def __str__(self) -> str:
        """Give both."""
        return f"{self.processor:,.0f} ({self.clock:,.0f})"


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(prog="benchmarks.ownership", description=__doc__)
    parser.add_argument("--largest", type=int, default=LARGEST)
    parser.add_argument("--without-spark", action="store_true", help="Leave Spark's row out.")
    parser.add_argument("--routes-as-they-stand", action="store_true", help="Measured apart.")
    chosen = parser.parse_args()
    state = now()
    text = _HEAD.format(machine=", ".join(f"{k} {v}" for k, v in describe().items()), **state)
    text += _planted()
    _warm()
    text += _SIZES
    grown: list[Grown] = []
    companies = SMALLEST
    while companies <= chosen.largest:
        text += _size(companies, grown)
        print(text.splitlines()[-1], file=sys.stderr, flush=True)
        companies *= 2
    text += _LARGEST.format(memory=memory_used()) + largest()
    PAGE.with_suffix(".svg").write_text(picture(grown), encoding="utf-8")
    stakes = drawn_stakes(*FIRST)
    text += _RANGES + _ranges()
    text += _PEERS + _beside(stakes) + _ROUTES
    stand = PAGE.read_text(encoding="utf-8").partition(_ROUTES)[2].partition("\n\n")[0] + "\n"
    text += stand if chosen.routes_as_they_stand else routes(spark=not chosen.without_spark)
    PAGE.write_text(with_verdicts(text + section()), encoding="utf-8")
    print(text)


def took(call: Callable[[], object], *, rounds: int = 4) -> Took:
    """Give the shortest of some runs."""
    processor, clock = [], []
    for _ in range(rounds):
        begin, cpu = time.perf_counter(), time.process_time()
        call()
        clock.append(time.perf_counter() - begin)
        processor.append(time.process_time() - cpu)
    return Took(1000 * min(processor), 1000 * min(clock))


def _warm() -> None:
    """Compile every loop, or load it, before anything is measured."""
    graph = votes_graph(drawn_stakes(1_000, 1_500, missing=True))
    control_by(graph, np.array([0]))
    all_control(graph)
    integrated(graph, [np.array([0])])


def _planted() -> str:
    world = planted_stakes()
    graph = votes_graph(world.stakes)
    found = control(graph, ["STATE:XR"])
    truth = world.stakes.parties.numbers_of(world.controlled)
    cash = integrated(layer_graph(world.stakes, Right.EQUITY), [found.seeds]).shares[:, 0]
    majorities = graph.lo > HALF
    chain = found.seeds
    while True:
        wider = np.union1d(chain, graph.owned[majorities & np.isin(graph.owner, chain)])
        if wider.size == chain.size:
            break
        chain = wider
    methods: dict[str, NDArray[np.integer[Any]]] = {
        "control, the least fixpoint (ours)": found.must,
        "chains of majorities": np.setdiff1d(chain, found.seeds),
        "multiplied shares above 50 %": np.setdiff1d(np.flatnonzero(cash > 1 / 2), found.seeds),
        "weakest link above 20 %": weakest_link(graph, found.seeds),
    }
    rows = "".join(
        f"| {name} | {np.isin(truth, each).sum():,} | {(~np.isin(each, truth)).sum():,} |\n"
        for name, each in methods.items()
    )
    return _PLANTED.format(truth=truth.size, stakes=len(world.stakes), rows=rows)


def _size(companies: int, grown: list[Grown]) -> str:
    number = 3 * companies // 2
    stakes = drawn_stakes(companies, number)
    built = took(lambda: votes_graph(stakes), rounds=3)
    graph = votes_graph(stakes)
    pairs = all_control(graph)
    one = took(lambda: control_by(graph, np.array([0])))
    every = took(lambda: all_control(graph))
    single = took(lambda: integrated(graph, [np.array([0])]), rounds=2)
    for question, each in (
        ("laying out", built), ("control, one owner", one), ("control, every owner", every),
        ("integrated, one owner", single),
    ):  # fmt: skip
        grown.append(Grown(question, number, each.processor))
    return (
        f"| {companies:,} / {number:,} | {built} | {one} | {every} | {len(pairs):,} | "
        f"{1e6 * every.processor / number:,.0f} | {single} |\n"
    )


def _ranges() -> str:
    companies, number = FIRST
    stakes = drawn_stakes(companies, number, missing=True)
    graph = votes_graph(stakes)
    must, may = len(all_control(graph)), len(all_control(graph, may=True))
    both = took(lambda: (all_control(graph), all_control(graph, may=True)), rounds=3)
    one = took(lambda: control_by(graph, np.array([0])), rounds=3)
    exact = votes_graph(drawn_stakes(companies, number))
    found = control_by(exact, np.array([0]))
    deepest = int(found.must[-1])
    proof = took(lambda: proof_of(found, deepest))
    steps = proof_of(found, deepest)
    after, touched = _updated(exact, found)
    again = took(lambda: recontrolled(found, after, touched), rounds=3)
    sets = [np.array([each]) for each in range(SETS)]
    many = took(lambda: integrated(exact, sets), rounds=2)
    rows: dict[str, Any] = {
        f"must and may of one owner, 44 % of shares missing ({TARGETS['may']} ms)": one,
        f"must and may of every owner ({must:,} and {may:,} pairs)": both,
        f"proof of the answer found last, {len(steps.steps) if steps else 0} steps "
        f"({TARGETS['proof']} ms)": proof,
        "control anew after ten changed stakes": again,
        f"integrated shares of {SETS} owners ({TARGETS['sets']} ms)": many,
    }
    return "".join(f"| {name} | {each} |\n" for name, each in rows.items())


def _updated(graph: Graph, found: Control) -> tuple[Graph, Any]:
    """Take ten stakes away by which companies are controlled."""
    gone = np.isin(graph.owned, found.must) & (graph.lo > HALF)
    places = np.flatnonzero(gone)[:10]
    kept = np.ones(len(graph.stakes), np.bool_)
    kept[graph.place[places]] = False
    return votes_graph(graph.stakes.take(kept)), np.unique(graph.owned[places]).astype(np.int64)


def _beside(stakes: Stakes) -> str:
    graph = votes_graph(stakes)
    ours = took(lambda: control_by(graph, np.array([0])))
    built = took(lambda: votes_graph(stakes), rounds=3)
    number = control_by(graph, np.array([0])).must.size
    with tempfile.NamedTemporaryFile(suffix=".npz") as file:
        np.savez(file.name, owner=stakes.owner, owned=stakes.owned, lo=stakes.lo)
        question = {"file": file.name, "size": len(stakes.parties), "seed": 0}
        try:
            told = ask("ownership", question)
        except PeerFailed as reason:
            return f"| the peers | not measured: {reason} | | | |\n"
    rows = f"| ours | {built.processor:,.0f} | {ours.processor:,.0f} | 1 | {number:,} |\n"
    whole = built.processor + ours.processor
    for name, each in told.items():
        took_both = 1000 * (each["built"] + each["asked"])
        rows += (
            f"| {name} {each['version']} | {1000 * each['built']:,.0f} | "
            f"{1000 * each['asked']:,.0f} | {took_both / whole:,.1f} | {each['found']:,} |\n"
        )
    return rows


_HEAD = """# Who controls whom, measured

Written by `python -m benchmarks.ownership`; nothing here is typed by hand. Milliseconds of
processor, and of clock in parentheses; each is the shortest of some runs. Where other programs wait
for the same processors, the clock tells of them, and caches that are shared slow the processor too.

Machine: {machine}. Programs waiting for the processor before: {load} on {on}.

"""

_PLANTED = """## Planted conglomerates

A state controls {truth:,} companies among {stakes:,} stakes, most of them through several holders
of which none has more than half. As many others are held by the same to just half or less.

| Method | Found | Found wrongly |
|---|---|---|
{rows}
"""

_SIZES = """## Cost against stakes

Drawn, scale-free, one to one and a half stakes a company. The target for all pairs is 100 ms for
the first row, and growth in step with the number of stakes. Compiling the loops takes some seconds
once for an installation and is not in the numbers. The last column is the integrated shares of one
owner.

| Companies / stakes | Laying out | One owner | Every owner | Pairs | ns a stake | Integrated |
|---|---|---|---|---|---|---|
"""

_LARGEST = """
The most memory held at once, tables and answers included: {memory:,.0f} MiB.

![Milliseconds of processor against stakes, both as logarithms](benchmarks-ownership.svg)

Dotted is what each would take if it grew in step with the number of stakes from the first row on.
"""

_RANGES = """
## Ranges, proofs, changes

1,000,000 companies and 1,500,000 stakes. Targets in parentheses.

| Question | Milliseconds |
|---|---|
"""

_PEERS = """
## Beside the peers

What one owner controls among the same stakes, in an environment of their own
(`benchmarks/peers`), in milliseconds of processor. None of the libraries asks for control; the sums
are kept in a dictionary around them.

| Library | Laying out | One owner | Both, times ours | Companies found |
|---|---|---|---|---|
"""

_ROUTES = """
## Three ways to the same pairs

Who must control whom, for every owner among 1,000,000 companies and 1,500,000 stakes drawn another
way, laying out and sorting included, in seconds of processor, of all processes, and by the clock in
parentheses (`python -m benchmarks.ownership_routes`). The run stops where a single pair differs.

| Way | Seconds | Times ours | |
|---|---|---|---|
"""


if __name__ == "__main__":
    main()
