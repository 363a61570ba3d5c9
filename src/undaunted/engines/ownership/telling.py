"""A proof in sentences, as a lawyer would read it: each share with its source and row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.engines.ownership.shares import in_words, unstated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.engines.ownership.graph import Graph
    from undaunted.engines.ownership.proof import Proof, Step
    from undaunted.engines.ownership.stakes import Stakes

__all__ = ["contested_in", "sentences", "share_in_words", "source_in_words"]


def sentences(proof: Proof) -> tuple[str, ...]:
    """Give one sentence a step, from the owners to the company.

    Of an answer that only may be, a step that follows from the lowest shares alone is told as sure.
    A company in which the stakes are more than the whole is called contested, in one more.
    """
    sure = set(proof.seeds.tolist())
    told = []
    for step in proof.steps:
        certain = not proof.may or _follows(proof, step, sure)
        if certain:
            sure.add(step.company)
        told.append(_sentence(proof, step, certain=certain))
        told += contested_in(proof.graph, [step.company])
    return tuple(told)


def share_in_words(lowest: int, highest: int) -> str:
    """Give a share, a range, or that none is stated."""
    if lowest == highest:
        return in_words(lowest)
    if unstated(lowest, highest):
        return "a share that is not stated"
    return f"{in_words(lowest)} to {in_words(highest)}"


def source_in_words(stakes: Stakes, row: int) -> str:
    """Give the source and the row of a stake."""
    source = stakes.sources[int(stakes.source[row])]
    told = f"row {int(stakes.row[row])}"
    return f"{source}, {told}" if source else told


def contested_in(graph: Graph, companies: Iterable[int]) -> list[str]:
    """Tell in which of some companies the stakes are more than the whole."""
    told = []
    for each in companies:
        if graph.over[each]:
            company, total = graph.parties.label(each), in_words(int(graph.total[each]))
            told.append(f"{company} is contested, since the stakes in it are {total} together.")
    return told


def _lowest(proof: Proof, step: Step) -> int:
    return sum(int(proof.graph.lo[place]) for place in step.places)


def _follows(proof: Proof, step: Step, sure: set[int]) -> bool:
    """Whether those who surely are controlled surely hold enough, whoever else holds shares."""
    holders = {int(proof.graph.owner[place]) for place in step.places}
    return not step.own_rows and holders <= sure and proof.threshold.met_by(_lowest(proof, step))


def _sentence(proof: Proof, step: Step, *, certain: bool) -> str:
    graph, label = proof.graph, proof.graph.parties.label
    held = [
        f"{label(int(graph.owner[place]))} holds "
        f"{share_in_words(int(graph.stakes.lo[row]), int(graph.stakes.hi[row]))}"
        f" ({source_in_words(graph.stakes, row)})"
        for place, row in zip(step.places, graph.place[list(step.places)].tolist(), strict=True)
    ]
    told = "; ".join(held)
    if len(held) > 1:
        together = in_words(_lowest(proof, step) if proof.may and certain else step.together)
        told = f"{told}, {together} together" if certain else f"{told}, at most {together} together"
    if step.own_rows:
        rows = ", ".join(source_in_words(graph.stakes, row) for row in step.own_rows)
        own = f"its own shares do not vote, {in_words(step.votes)} do ({rows})"
        told = f"{told}; {own}"
    company, enough = label(step.company), proof.threshold
    if not certain:
        return f"{company} may be controlled: {told}; {enough}."
    return f"{company} is controlled: {told}; {enough}."
