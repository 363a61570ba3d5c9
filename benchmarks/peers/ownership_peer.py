"""networkx, igraph and rustworkx: what one owner controls, by a worklist over their adjacency.

None of them has control as a question; each is asked for the stakes of a holder, and the sums are
kept in a dictionary, which is how it is done with them.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__: list[str] = []

HALF = 500_000_000


def _controlled(stakes_of: Callable[[int], Iterable[tuple[int, int]]], seed: int) -> int:
    held: dict[int, int] = {}
    inside, waiting = {seed}, [seed]
    while waiting:
        for company, share in stakes_of(waiting.pop()):
            if company not in inside:
                held[company] = held.get(company, 0) + share
                if held[company] > HALF:
                    inside.add(company)
                    waiting.append(company)
    return len(inside) - 1


def _networkx(rows: list[tuple[int, int, int]], size: int) -> Callable[[int], Any]:
    graph = importlib.import_module("networkx").MultiDiGraph()
    graph.add_nodes_from(range(size))
    graph.add_weighted_edges_from(rows)

    def stakes_of(holder: int) -> Iterable[tuple[int, int]]:
        return [
            (company, data["weight"]) for _, company, data in graph.out_edges(holder, data=True)
        ]

    return stakes_of


def _igraph(rows: list[tuple[int, int, int]], size: int) -> Callable[[int], Any]:
    pairs = [(owner, owned) for owner, owned, _ in rows]
    graph = importlib.import_module("igraph").Graph(size, pairs, directed=True)
    shares = [share for _, _, share in rows]

    def stakes_of(holder: int) -> Iterable[tuple[int, int]]:
        return [(pairs[edge][1], shares[edge]) for edge in graph.incident(holder, mode="out")]

    return stakes_of


def _rustworkx(rows: list[tuple[int, int, int]], size: int) -> Callable[[int], Any]:
    graph = importlib.import_module("rustworkx").PyDiGraph(multigraph=True)
    graph.add_nodes_from(range(size))
    graph.add_edges_from(rows)

    def stakes_of(holder: int) -> Iterable[tuple[int, int]]:
        return [(company, share) for _, company, share in graph.out_edges(holder)]

    return stakes_of


def _main(question: dict[str, Any]) -> dict[str, Any]:
    stored = importlib.import_module("numpy").load(question["file"])
    columns = (stored[name].tolist() for name in ("owner", "owned", "lo"))
    rows = list(zip(*columns, strict=True))
    told: dict[str, Any] = {}
    for name, build in (("networkx", _networkx), ("igraph", _igraph), ("rustworkx", _rustworkx)):
        begin = time.process_time()
        stakes_of = build(rows, question["size"])
        built = time.process_time() - begin
        begin = time.process_time()
        found = _controlled(stakes_of, question["seed"])
        asked = time.process_time() - begin
        told[name] = {"version": version(name), "built": built, "asked": asked, "found": found}
        del stakes_of
    return told


if __name__ == "__main__":
    json.dump(_main(json.load(sys.stdin)), sys.stdout)
