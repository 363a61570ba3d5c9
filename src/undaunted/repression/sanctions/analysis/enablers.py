"""Which companies people on a list must control, or may, by stakes that were given as a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from undaunted.engines.ownership import control, proofs_of, sentences, votes_graph
from undaunted.repression.sanctions.queries import entries_named, entries_unknown
from undaunted.repression.sanctions.readers import read_stakes
from undaunted.repression.sanctions.rules import Enabler, Enablers, Held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Entry
    from undaunted.engines.ownership import Control, Graph
    from undaunted.repression.sanctions.readers import GivenStakes
    from undaunted.repression.sanctions.rules import Authority

__all__ = ["enablers_of", "stakes_given"]


def stakes_given(actor: Actor, content: bytes, name: str) -> GivenStakes:
    """Read a file of stakes. Raises `RegisterBroken` with every row that is wrong.

    Whoever is named as an entry of a list is on one: of others no company would be told of, in
    silence.
    """
    return read_stakes(content, name=name, unknown=partial(entries_unknown, actor))


def enablers_of(
    actor: Actor,
    authorities: Iterable[Authority],
    given: GivenStakes,
    *,
    on: date,
    known_at: datetime,
) -> Enablers:
    """Give the companies that each entry under the authorities must or may control on a day.

    Each entry is asked alone: that two of them act as one is not assumed.
    """
    named = entries_named(actor, authorities, known_at)
    graph = votes_graph(given.stakes.as_of(on))
    asked = tuple(sorted(set(named) & given.entries))
    found = [each for name in asked for each in _controlled(graph, name, named)]
    return Enablers(given.name, given.digest, asked, tuple(found))


def _controlled(graph: Graph, name: str, named: dict[str, Entry]) -> Iterator[Enabler]:
    found = control(graph, [name])
    yield from _told(found, name, named, Held.MUST, found.must.tolist())
    yield from _told(found, name, named, Held.MAY, found.may.tolist())
    yield from _told(found, name, named, Held.JOINT, found.joint.tolist())


def _told(
    found: Control, name: str, named: dict[str, Entry], held: Held, companies: list[int]
) -> Iterator[Enabler]:
    proofs = {}
    if held is not Held.JOINT:
        proofs = {each.company: sentences(each) for each in proofs_of(found, companies)}
    for company in companies:
        identifier = found.graph.parties.ids[company]
        entry = named.get(identifier)
        yield Enabler(
            entry.name if entry else found.graph.parties.label(company),
            name,
            named[name].name,
            held,
            proofs.get(company, ()),
            identifier if entry else "",
        )
