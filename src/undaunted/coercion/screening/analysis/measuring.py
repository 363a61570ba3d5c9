"""Owners and a company measured by a law's test: the answer, what is held, and on which stakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.engines.ownership import (
    WHOLE,
    control_by,
    graphs_of,
    held_by,
    proofs_of,
    readings,
    share_in_words,
    source_in_words,
    upstream,
    votes_graph,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from undaunted.coercion.screening.rules import Measure
    from undaunted.engines.ownership import Control, Proof, Stakes

__all__ = ["Measured", "at_most", "measured", "rows_told"]

LEVEL = "uk_"
"""Tests of what is held in the company itself, through a chain of majorities."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """The answer over everybody above the company.

    Attributes:
        found: control by votes along the measure's chain.
        answer: `must`, `may`, `joint` or `no`.
        held: lowest and highest share that was compared.
        rests_on: what decides beside shares.
        proofs: of the company; none where it is not controlled in one kind of right.
        rows: rows of the table on which a law's test rests; none are told of a majority.
    """

    found: Control
    company: int
    answer: str
    held: tuple[int, int]
    rests_on: str = ""
    proofs: tuple[Proof, ...] = ()
    rows: tuple[int, ...] | None = None


def measured(stakes: Stakes, owners: Sequence[str], company: str, measure: Measure) -> Measured:
    """Measure owners, acting as one, in a company; `stakes` are those of one day."""
    near = upstream(stakes, company, tuple(owners))
    seeds, asked = near.parties.numbers_of(owners), near.parties.number_of(company)
    found = control_by(votes_graph(near), seeds, measure.chain)
    if measure.standard is None:
        proofs = tuple(proofs_of(found, [asked]))
        return Measured(
            found, asked, _answer(found, asked), at_most(held_by(found, asked)), proofs=proofs
        )  # fmt: skip
    test = next(
        each for each in readings(near, owners, company) if each.standard == measure.standard
    )
    answer = str(test.answer)
    proofs = _proofs(near, seeds, asked, measure, answer)
    rows = tuple(row for proof in proofs for row in _rows_of(proof))
    if not proofs and answer != "no":
        rows = _between(near, found, measure)
    held = at_most((round(test.lowest), round(test.highest)))
    return Measured(found, asked, answer, held, test.rests_on, proofs, rows)


def at_most(held: tuple[int, int]) -> tuple[int, int]:
    """Give a share that is no more than the whole: stakes that contradict each other exceed it."""
    return min(held[0], WHOLE), min(held[1], WHOLE)


def rows_told(stakes: Stakes, rows: Sequence[int]) -> list[str]:
    """Tell stakes one by one, each with its source."""
    label = stakes.parties.label
    return [
        f"{label(int(stakes.owner[at]))} holds "
        f"{share_in_words(int(stakes.lo[at]), int(stakes.hi[at]))} of "
        f"{label(int(stakes.owned[at]))} ({source_in_words(stakes, at)})."
        for at in rows
    ]


def _answer(found: Control, company: int) -> str:
    for numbers, answer in ((found.must, "must"), (found.may, "may"), (found.joint, "joint")):
        if company in numbers:
            return answer
    return "no"


def _proofs(
    near: Stakes, seeds: np.ndarray, company: int, measure: Measure, answer: str
) -> tuple[Proof, ...]:
    """Give the proof of a test by links, in the first kind of right that carries the answer."""
    if answer == "no" or measure.standard is None or measure.threshold != measure.chain:
        return ()
    for graph in graphs_of(near, measure.standard.rights):
        found = control_by(graph, seeds, measure.chain)
        if _answer(found, company) == answer:
            return tuple(proofs_of(found, [company]))
    return ()


def _rows_of(proof: Proof) -> list[int]:
    return [*proof.graph.place[proof.places].tolist(), *proof.own_rows.tolist()]


def _between(near: Stakes, found: Control, measure: Measure) -> tuple[int, ...]:
    """Give the rows on the ways down to the company, from the owners; of a level, of its chain."""
    inside = dict.fromkeys(found.seeds.tolist(), 0)
    owners, owned = near.owner.tolist(), near.owned.tolist()
    if measure.key.startswith(LEVEL):
        chain = [*found.must.tolist(), *found.may.tolist()]
        inside |= {each: rank for rank, each in enumerate(chain, 1)}
    else:
        new = list(inside)
        while new:
            held = [owned[at] for at, owner in enumerate(owners) if owner in new]
            new = [each for each in dict.fromkeys(held) if each not in inside]
            inside |= {each: len(inside) + at for at, each in enumerate(new)}
    rows = [at for at, owner in enumerate(owners) if owner in inside]
    return tuple(sorted(rows, key=lambda at: (inside[owners[at]], at)))
