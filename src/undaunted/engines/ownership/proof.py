"""Why a company is controlled: a least set of stakes that carries the answer, step by step.

Steps run from the owners to the company, each company after those that hold it; no path is ever
enumerated. None of the stakes can be spared: without any one the answer no longer follows. Another
set may be as good; of each company's holders the largest found first are named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership.control import control_by
from undaunted.engines.ownership.graph import part_of
from undaunted.engines.ownership.reaching import bounds_of, reached
from undaunted.engines.ownership.shares import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from undaunted.engines.ownership.control import Control
    from undaunted.engines.ownership.graph import Graph, Ints, Numbers
    from undaunted.engines.ownership.reaching import Bounds
    from undaunted.engines.ownership.stakes import Stakes
    from undaunted.engines.ownership.thresholds import Threshold

__all__ = ["Proof", "Step", "proof_of", "proofs_of", "stands"]


@dataclass(frozen=True, slots=True)
class Step:
    """One company and the stakes by which those before it control it.

    Attributes:
        places: those stakes in the columns of the graph.
        own_rows: rows of the table in which the company holds itself, where that counts.
        together: shares of `places`: the lowest, or the highest of an answer that only may be.
        votes: shares of the company that count; less than the whole by `own_rows`.
    """

    company: int
    places: tuple[int, ...]
    own_rows: tuple[int, ...]
    together: int
    votes: int


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """The steps to one company, and of what answer."""

    graph: Graph
    threshold: Threshold
    seeds: Ints
    company: int
    may: bool
    steps: tuple[Step, ...]

    @property
    def places(self) -> Ints:
        """Give all stakes by their places in the columns of the graph."""
        return np.array([place for step in self.steps for place in step.places], np.int64)

    @property
    def own_rows(self) -> Ints:
        """Give the rows of the table in which companies hold themselves, where that counts."""
        return np.array([row for step in self.steps for row in step.own_rows], np.int64)

    @property
    def stakes(self) -> Stakes:
        """Give the stakes that carry the answer, in the order of the steps."""
        rows = [
            row
            for step in self.steps
            for row in (*self.graph.place[list(step.places)].tolist(), *step.own_rows)
        ]
        return self.graph.stakes.take(np.array(rows, np.int64))


def proof_of(found: Control, company: int) -> Proof | None:
    """Give the proof that a company must be controlled, or that it may be; none where neither."""
    return next(iter(proofs_of(found, [company])), None)


def proofs_of(found: Control, companies: Iterable[int]) -> list[Proof]:
    """Give the proofs of several companies; those that are not controlled have none."""
    must = _Prover(found, found.must, may=False)
    may = must
    if found.may.size:
        every = reached(found.graph, found.threshold, found.seeds, may=True)
        may = _Prover(found, every, may=True)
    asked = [int(each) for each in companies]
    provers = [(must if must.rank[each] > 0 else may, each) for each in asked]
    return [prover.proof(each) for prover, each in provers if prover.rank[each] > 0]


def stands(proof: Proof, *, without: int | None = None) -> bool:
    """Recompute control on the stakes of a proof alone, or without one of them."""
    rows = list(range(proof.places.size + proof.own_rows.size))
    if without is not None:
        rows.remove(without)
    kept, others = np.array(rows, np.int64), proof.places.size
    part = part_of(
        proof.graph,
        proof.places[kept[kept < others]],
        proof.own_rows[kept[kept >= others] - others],
    )
    again = control_by(part, proof.seeds, proof.threshold)
    return proof.company in (again.may if proof.may else again.must) or proof.company in again.must


class _Prover:
    """Chooses, for each company that was found, the stakes of those found before it."""

    def __init__(self, found: Control, order: Numbers, *, may: bool) -> None:
        self.found, self.may = found, may
        self.bounds: Bounds = bounds_of(found.graph, found.threshold, may=may)
        unsuspended = np.zeros(1, np.int64)
        self.whole = int(found.threshold.needed(unsuspended)[0])
        # 0 is not found; seeds come first.
        self.rank = np.zeros(found.graph.size, np.int64)
        self.rank[order] = np.arange(2, order.size + 2)
        self.seeded = set(found.seeds.tolist())

    def proof(self, company: int) -> Proof:
        """Go back from the company to the owners, and tell it forwards."""
        steps: dict[int, Step] = {}
        waiting = [company]
        while waiting:
            each = waiting.pop()
            if each in steps or each in self.seeded:
                continue
            steps[each] = self._step(each)
            waiting += [int(self.found.graph.owner[place]) for place in steps[each].places]
        told = sorted(steps.values(), key=lambda step: int(self.rank[step.company]))
        found = self.found
        return Proof(found.graph, found.threshold, found.seeds, company, self.may, tuple(told))

    def _step(self, company: int) -> Step:
        graph = self.found.graph
        held = graph.stakes_in(company)
        places = [
            place
            for place in range(held.start, held.stop)
            if self._before(int(graph.owner[place]), company) and int(self.bounds.hi[place]) > 0
        ]
        places.sort(key=lambda place: (-int(self.bounds.hi[place]), place))
        own, needed = self._own_rows(company, places)
        chosen = self._fewest(company, places, needed)
        together = sum(int(self.bounds.hi[place]) for place in chosen)
        votes = WHOLE - self._own(company, own)
        return Step(company, tuple(chosen), tuple(own), together, votes)

    def _before(self, owner: int, company: int) -> bool:
        return owner in self.seeded or 0 < self.rank[owner] < self.rank[company]

    def _enough(self, company: int, places: Sequence[int], needed: int) -> bool:
        highest = sum(int(self.bounds.hi[place]) for place in places)
        lowest = sum(int(self.bounds.lo[place]) for place in places)
        left = int(self.bounds.spare[company]) + lowest
        both = highest > needed and left > int(self.bounds.needed[company])
        return both and self.bounds.at_once(company, highest, lowest)

    def _fewest(self, company: int, places: list[int], needed: int) -> list[int]:
        """Take the largest until they are enough; then leave out what can be spared."""
        highest = np.cumsum(self.bounds.hi[places], dtype=np.int64)
        lowest = np.cumsum(self.bounds.lo[places], dtype=np.int64)
        left = self.bounds.spare[company] + lowest
        enough = (highest > needed) & (left > self.bounds.needed[company])
        told = zip(highest.tolist(), lowest.tolist(), strict=True)
        enough &= np.array([self.bounds.at_once(company, *each) for each in told], np.bool_)
        chosen = places[: int(np.argmax(enough)) + 1]
        if not self.may:
            # The largest of exact shares are never more than are needed.
            return chosen
        for place in reversed(chosen.copy()):
            rest = [each for each in chosen if each != place]
            if self._enough(company, rest, needed):
                chosen = rest
        return chosen

    def _own_rows(self, company: int, places: list[int]) -> tuple[list[int], int]:
        """Give the company's own shares that must be left out of its votes, the largest first."""
        graph = self.found.graph
        own: list[int] = []
        needed, left = self.whole, list[int]()
        while not self._enough(company, places, needed):
            if not own:
                left = graph.own_place[graph.stakes.owned[graph.own_place] == company].tolist()
                left.sort(key=self._own_share)
            own.append(left.pop())
            needed = int(self.found.threshold.needed(np.array([self._own(company, own)]))[0])
        return own, needed

    def _own(self, company: int, rows: Sequence[int]) -> int:
        """Give what a company has of itself by these rows: no more than by all of them."""
        graph = self.found.graph
        most = int((graph.own_hi if self.may else graph.own_lo)[company])
        return min(sum(self._own_share(each) for each in rows), most)

    def _own_share(self, row: int) -> int:
        graph = self.found.graph
        shares = graph.own_most if self.may else graph.own_least
        return int(shares[np.flatnonzero(graph.own_place == row)[0]])
