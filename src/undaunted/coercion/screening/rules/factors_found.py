"""From a graph of ownership to facts of a case: states, armed forces, special rights, funding.

Answers of the engine come in; facts go out, each with the sentences of its proof, in English. What
a graph does not hold is not found here: that nothing was found is never told as "no".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.screening.rules.casework import FactKind
from undaunted.coercion.screening.rules.facts import Owner, Span
from undaunted.engines.ownership import (
    WHOLE,
    Answer,
    PartyKind,
    Right,
    control,
    imputed,
    proof_of,
    sentences,
    share_in_words,
    source_in_words,
    upstream,
    votes_graph,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from undaunted.engines.ownership import Control, Exposure, Stakes, Threshold

__all__ = [
    "AskedOwner",
    "ExposureFound",
    "FoundFact",
    "answer_on",
    "exposure_found",
    "facts_found",
    "owners_above",
    "owners_found",
]

STATE = "STATE:"
_SPECIAL = {
    Right.SPECIAL: "holds a special right in",
    Right.PROXY: "votes by proxy in",
    Right.CONTRACT: "is bound by contract to",
    Right.CONCERT: "acts in concert with",
    Right.NOMINEE: "is a nominee in",
}


@dataclass(frozen=True, slots=True)
class AskedOwner:
    """One owner, alone or with whom it acts, and what the engine answered of it.

    Attributes:
        owner: its identifier in the graph.
        found: control by it, over the stakes above the company.
        interest: its votes in the company, lowest and highest, a parent's counting as the whole.
        military: the source that says it is of, or serves, armed forces; empty where none does.
        state: its country, where its identifier does not say so.
    """

    owner: str
    found: Control
    interest: tuple[float, float] | None = None
    military: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class FoundFact:
    """One fact, whether it must or may be so, and what it rests on."""

    kind: FactKind
    party: str
    name: str
    answer: Answer
    proof: tuple[str, ...]
    sources: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ExposureFound:
    """What a state controls of a sector before and after: parts of the whole, must and may.

    `crosses` tells whether the deal lifts it over the level: whatever the shares are, or for some.
    """

    state: str
    sector: str
    before: tuple[float, float]
    after: tuple[float, float]
    crosses: Answer


def answer_on(found: Control, company: str) -> Answer:
    """Give whether a company must, may or cannot be controlled, as far as is known."""
    parties = found.graph.parties
    if company not in parties:
        return Answer.NO
    number = parties.number_of(company)
    if number in found.must.tolist():
        return Answer.MUST
    return Answer.MAY if number in found.may.tolist() else Answer.NO


def owners_found(asked: Iterable[AskedOwner], company: str) -> tuple[Owner, ...]:
    """Give the ultimate owners of a company as the scope test takes them."""
    told = []
    for each in asked:
        parties = each.found.graph.parties
        number = parties.number_of(each.owner)
        told.append(
            Owner(
                name=parties.label(number),
                state=_state_of(each),
                controls=answer_on(each.found, company),
                is_state=_is_state(PartyKind(int(parties.kinds[number]))),
                interest=_span(each.interest),
                proof=_proof(each.found, company),
            )
        )
    return tuple(told)


def owners_above(stakes: Stakes, company: str) -> tuple[Owner, ...]:
    """Give every state above a company, and whoever above it nobody holds; `stakes` of one day.

    Whether somebody is missing whom no stake names is not for this to say.
    """
    near = upstream(stakes, company)
    graph, held = votes_graph(near), set(near.owned.tolist())
    asked = []
    for number, owner in enumerate(near.parties.ids):
        kind = PartyKind(int(near.parties.kinds[number]))
        last = kind is PartyKind.STATE or number not in held
        if owner != company and last and kind is not PartyKind.SEVERAL:
            lowest, highest = (imputed(near, [owner], company, may=may) for may in (False, True))
            asked.append(AskedOwner(owner, control(graph, [owner]), (lowest, highest)))
    return owners_found(asked, company)


def facts_found(asked: Iterable[AskedOwner], stakes: Stakes, company: str) -> tuple[FoundFact, ...]:
    """Give what a graph shows of a company: `stakes` are those above it, of one day."""
    every = tuple(asked)
    told = []
    for each in every:
        parties = each.found.graph.parties
        number, answer = parties.number_of(each.owner), answer_on(each.found, company)
        if answer is Answer.NO:
            continue
        name, proof = parties.label(number), _proof(each.found, company)
        if _is_state(PartyKind(int(parties.kinds[number]))):
            told.append(FoundFact(FactKind.STATE, each.owner, name, answer, proof))
        if each.military:
            sources = (each.military,)
            told.append(FoundFact(FactKind.MILITARY, each.owner, name, answer, proof, sources))
    return (*told, *_rights(stakes), *_loans(stakes))


def exposure_found(
    sector: str,
    before: Mapping[str, Exposure],
    after: Mapping[str, Exposure],
    level: Threshold,
) -> tuple[ExposureFound, ...]:
    """Give what each state controls before and after, those whom the deal lifts first."""
    told = [
        ExposureFound(state, sector, before[state].shares, held.shares,
                      _crossed(before[state].shares, held.shares, level))
        for state, held in after.items()
    ]  # fmt: skip
    order = (Answer.MUST, Answer.MAY, Answer.NO)
    return tuple(sorted(told, key=lambda each: (order.index(each.crosses), each.state)))


def _crossed(before: tuple[float, float], after: tuple[float, float], level: Threshold) -> Answer:
    """Tell whether the level is met afterwards and was not before."""
    met = [level.met_by(round(each * WHOLE)) for each in (*before, *after)]
    must_before, may_before, must_after, may_after = met
    if must_after and not may_before:
        return Answer.MUST
    return Answer.MAY if may_after and not must_before and after != before else Answer.NO


def _state_of(asked: AskedOwner) -> str:
    code = asked.owner.removeprefix(STATE) if asked.owner.startswith(STATE) else ""
    return asked.state or code


def _is_state(kind: PartyKind) -> bool | None:
    """Tell whether a party is a state; of one whose kind no source tells, nothing."""
    return None if kind is PartyKind.UNKNOWN else kind is PartyKind.STATE


def _span(interest: tuple[float, float] | None) -> Span | None:
    if interest is None:
        return None
    lowest, highest = (min(max(int(each), 0), WHOLE) for each in interest)
    return Span(lowest, max(lowest, highest))


def _proof(found: Control, company: str) -> tuple[str, ...]:
    parties = found.graph.parties
    proof = proof_of(found, parties.number_of(company)) if company in parties else None
    return () if proof is None else sentences(proof)


def _rights(stakes: Stakes) -> Iterator[FoundFact]:
    """Give rights that count whatever their share; a contract only may be control."""
    for right, says in _SPECIAL.items():
        answer = Answer.MUST if right is Right.SPECIAL else Answer.MAY
        yield from _rows(stakes, right, FactKind.SPECIAL_RIGHTS, answer, says)


def _loans(stakes: Stakes) -> Iterator[FoundFact]:
    yield from _rows(stakes, Right.LENDER, FactKind.FUNDING, Answer.MAY, "lends to")


def _rows(
    stakes: Stakes, right: Right, kind: FactKind, answer: Answer, says: str
) -> Iterator[FoundFact]:
    label = stakes.parties.label
    for row in np.flatnonzero(stakes.right == right).tolist():
        owner, owned = int(stakes.owner[row]), int(stakes.owned[row])
        lowest, highest = int(stakes.lo[row]), int(stakes.hi[row])
        share = "" if highest == WHOLE and lowest == 0 else f", {share_in_words(lowest, highest)}"
        source = source_in_words(stakes, row)
        told = f"{label(owner)} {says} {label(owned)}{share} ({source})."
        yield FoundFact(kind, stakes.parties.ids[owner], label(owner), answer, (told,), (source,))
