"""Where to draw owners and companies: in layers from the owners down, each stake a line.

Only places are given here; whoever draws gives them ink. Within a layer, each stands near the
middle of those above and below it (barycentres, a few sweeps), so that lines cross little.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from undaunted.engines.ownership.proof import Proof

__all__ = ["Line", "Node", "Picture", "arranged", "layered"]

ACROSS, DOWN = 180.0, 110.0
"""Between the middles of two parties, in units of the picture."""
SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Node:
    """One party: its number in the table, its name, its layer, and the middle of its box."""

    party: int
    label: str
    layer: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """One stake: places of owner and company in `Picture.nodes`, and its place in the graph."""

    owner: int
    company: int
    place: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Nodes by layer and place, and lines between them."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    width: float
    height: float


def layered(proof: Proof) -> Picture:
    """Give the picture of a proof."""
    graph = proof.graph
    places = [place for step in proof.steps for place in step.places]
    return arranged(
        [*proof.seeds.tolist(), *(step.company for step in proof.steps)],
        [(int(graph.owner[place]), int(graph.owned[place]), place) for place in places],
        proof.graph.parties.label,
    )


def arranged(
    parties: Sequence[int], stakes: Sequence[tuple[int, int, int]], label: Callable[[int], str]
) -> Picture:
    """Give the picture of some stakes (owner, company, place); `parties` stand owners first.

    A stake that leads back, against the order of the parties, is drawn and moves nobody down.
    """
    order = {party: at for at, party in enumerate(parties)}
    above: dict[int, list[int]] = defaultdict(list)
    for owner, company, _ in stakes:
        if order[owner] < order[company]:
            above[company].append(owner)
    layer: dict[int, int] = {}
    for party in parties:
        layer[party] = 1 + max((layer[owner] for owner in above[party]), default=-1)
    rows: dict[int, list[int]] = defaultdict(list)
    for party in parties:
        rows[layer[party]].append(party)
    across = _placed(rows, above)
    nodes = tuple(
        Node(party, label(party), depth, across[party], (depth + 0.5) * DOWN)
        for depth in range(len(rows))
        for party in sorted(rows[depth], key=across.__getitem__)
    )
    at = {node.party: number for number, node in enumerate(nodes)}
    lines = sorted((at[owner], at[company], place) for owner, company, place in stakes)
    return Picture(
        nodes,
        tuple(Line(*each) for each in lines),
        ACROSS * max((len(row) for row in rows.values()), default=0),
        DOWN * len(rows),
    )


def _placed(rows: dict[int, list[int]], above: dict[int, list[int]]) -> dict[int, float]:
    """Give the middle of each party from left to right."""
    near: dict[int, list[int]] = defaultdict(list)
    for company, owners in above.items():
        for owner in owners:
            near[company].append(owner)
            near[owner].append(company)
    widest = max((len(row) for row in rows.values()), default=0)
    across: dict[int, float] = {}
    for row in rows.values():
        _spread(row, widest, across)
    for sweep in range(SWEEPS):
        for depth in sorted(rows, reverse=bool(sweep % 2)):
            middle = {party: _middle(party, near[party], across) for party in rows[depth]}
            rows[depth].sort(key=middle.__getitem__)
            _spread(rows[depth], widest, across)
    return across


def _middle(party: int, near: list[int], across: dict[int, float]) -> float:
    return sum(across[each] for each in near) / len(near) if near else across[party]


def _spread(row: list[int], widest: int, across: dict[int, float]) -> None:
    """Set a row evenly, in the middle of the picture."""
    start = (widest - len(row)) / 2
    across.update({party: (start + at + 0.5) * ACROSS for at, party in enumerate(row)})
