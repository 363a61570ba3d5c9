"""A person's verdict on a pair, and what follows from all that stand: groups and contradictions."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.matching.rules.references import Reference

__all__ = ["Contradiction", "Groups", "Judged", "Verdict", "grouped", "in_order"]


class Verdict(StrEnum):
    """What a person says of two things."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict that stands, with the digests of both sides as they were judged."""

    id: str
    left: Reference
    right: Reference
    verdict: Verdict
    left_digest: str = ""
    right_digest: str = ""
    confirmed: bool = False
    """Whether a second person confirmed it."""

    @property
    def counts(self) -> bool:
        """Whether it joins or parts anybody: one person alone settles nothing."""
        return self.confirmed

    def stands_for(self, digests: Mapping[Reference, str]) -> bool:
        """Whether both sides are as they were judged; what is no longer there counts as it was."""
        return (
            digests.get(self.left, self.left_digest) == self.left_digest
            and digests.get(self.right, self.right_digest) == self.right_digest
        )


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two that are judged to be different, and the chain of verdicts that makes them the same."""

    left: Reference
    right: Reference
    different: str
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Who is whom by the verdicts that stand; a group that contradicts itself holds nobody."""

    party_of: Mapping[Reference, Reference]
    members: Mapping[Reference, tuple[Reference, ...]]
    contradictions: tuple[Contradiction, ...] = ()
    disputed: frozenset[Reference] = field(default=frozenset())

    def party(self, of: Reference) -> Reference:
        """Give the party of something: itself where nobody joined it to anything."""
        return self.party_of.get(of, of)


def in_order(left: Reference, right: Reference) -> tuple[Reference, Reference]:
    """Give a pair in one order, whichever was named first."""
    return (left, right) if left <= right else (right, left)


def grouped(judged: Iterable[Judged]) -> Groups:
    """Join what is judged to be the same by two people, in any order of the verdicts.

    Where a verdict says that two of one group are different, the whole group is dissolved until
    somebody undoes one of them: nothing that contradicts itself is shown as one party.
    """
    rows = sorted((each for each in judged if each.counts), key=lambda each: each.id)
    links: dict[Reference, list[tuple[Reference, str]]] = defaultdict(list)
    for each in rows:
        if each.verdict is Verdict.SAME:
            links[each.left].append((each.right, each.id))
            links[each.right].append((each.left, each.id))
    root = _roots(links)
    found = [
        Contradiction(*in_order(each.left, each.right), each.id, _chain(links, each))
        for each in rows
        if each.verdict is Verdict.DIFFERENT
        and each.left in root
        and root[each.left] == root.get(each.right)
    ]
    broken = {root[each.left] for each in found}
    disputed = frozenset(each for each, at in root.items() if at in broken)
    party_of = {each: at for each, at in root.items() if each not in disputed}
    members: dict[Reference, list[Reference]] = defaultdict(list)
    for one in sorted(party_of):
        members[party_of[one]].append(one)
    told = {party: tuple(held) for party, held in members.items()}
    return Groups(party_of, told, tuple(found), disputed)


def _roots(links: Mapping[Reference, list[tuple[Reference, str]]]) -> dict[Reference, Reference]:
    """Give for each of a group its smallest member, which stands for all."""
    root: dict[Reference, Reference] = {}
    for start in sorted(links):
        waiting = [start] if start not in root else []
        while waiting:
            one = waiting.pop()
            if one not in root:
                root[one] = start
                waiting += [other for other, _ in links[one]]
    return root


def _chain(
    links: Mapping[Reference, list[tuple[Reference, str]]], different: Judged
) -> tuple[str, ...]:
    """Give the shortest chain of verdicts from one side to the other."""
    came: dict[Reference, tuple[Reference, str] | None] = {different.left: None}
    waiting = deque([different.left])
    while different.right not in came:
        one = waiting.popleft()
        for other, by in links[one]:
            if other not in came:
                came[other] = (one, by)
                waiting.append(other)
    chain, step = [], came[different.right]
    while step is not None:
        chain.append(step[1])
        step = came[step[0]]
    return tuple(reversed(chain))
