"""Who is whom among entries of lists: parties, members, and what nobody has judged yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.core.matching.rules.judged import Judged, Verdict, grouped, in_order
from undaunted.core.matching.rules.references import Named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undaunted.core.matching.rules.judged import Contradiction, Groups
    from undaunted.core.matching.rules.references import EntryKey, Reference

__all__ = ["Candidate", "OpenPair", "Refused", "Standing", "Why", "open_pairs", "standing_from"]


class Why(StrEnum):
    """Why a pair waits for somebody to look."""

    NEW = "new"
    """Nobody has judged it."""
    UNSURE = "unsure"
    """Somebody looked and could not tell."""
    CHANGED = "changed"
    """It was judged, and what was judged has changed since."""
    WAITS = "waits"
    """One person judged it, and a second has not confirmed that."""
    DISPUTED = "disputed"
    """Verdicts contradict each other."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two that may be the same: how alike, and the reasons."""

    left: Reference
    right: Reference
    score: float
    reasons: tuple[Mapping[str, object], ...] = ()
    strong: bool = False
    """Very alike, with an equal day of birth or identifier."""


@dataclass(frozen=True, slots=True)
class OpenPair:
    """Two entries of which it is not settled whether they are one."""

    left: EntryKey
    right: EntryKey
    score: float
    reasons: tuple[Mapping[str, object], ...] = ()
    why: Why = Why.NEW
    judgement: str = ""
    """The verdict that no longer stands for what is there now."""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry whose names cannot be compared, and why."""

    key: EntryKey
    why: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is whom: each entry's party, each party's entries, and everything that is not settled."""

    party_of: Mapping[EntryKey, str]
    members: Mapping[str, tuple[EntryKey, ...]]
    open: tuple[OpenPair, ...] = ()
    refused: tuple[Refused, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    waiting: tuple[EntryKey, ...] = ()
    """Entries that were loaded and not yet compared with others."""


def standing_from(
    keys: Iterable[EntryKey],
    groups: Groups,
    opened: Iterable[OpenPair] = (),
    refused: Iterable[Refused] = (),
    waiting: Iterable[EntryKey] = (),
) -> Standing:
    """Give every entry its party: those confirmed to be the same share one, by their smallest key.

    A party keeps its id while its smallest member stays, also when that one has left its list.
    """
    joined = {
        each.entry: str(party.key)
        for each, party in groups.party_of.items()
        if each.kind is Named.ENTRY
    }
    party_of: dict[EntryKey, str] = {}
    members: dict[str, list[EntryKey]] = {}
    for key in keys:
        party = joined.get(key) or ":".join(key)
        party_of[key] = party
        members.setdefault(party, []).append(key)
    told = {party: tuple(sorted(held)) for party, held in members.items()}
    return Standing(
        party_of, told, tuple(opened), tuple(refused), groups.contradictions, tuple(waiting)
    )


def open_pairs(
    candidates: Iterable[Candidate],
    judged: Sequence[Judged],
    digests: Mapping[Reference, str],
) -> tuple[OpenPair, ...]:
    """Give the candidates that a person should look at, the likeliest first.

    Settled is a pair of one group, and one whose groups were judged to be different, while nothing
    that was judged has changed. A verdict on what has changed since comes back with its reason.
    """
    known = _Known(judged, digests)
    found: list[OpenPair] = []
    seen: set[tuple[Reference, Reference]] = set()
    for each in candidates:
        left, right = in_order(each.left, each.right)
        seen.add((left, right))
        why, by = known.why_open(left, right)
        if why is not None:
            pair = (left.entry, right.entry)
            found.append(OpenPair(*pair, each.score, each.reasons, why, by, each.strong))
    found += known.left_open(seen)
    return tuple(sorted(found, key=lambda each: (-each.score, each.left, each.right)))


class _Known:
    """What the verdicts that stand say of a pair, given what both sides are now."""

    def __init__(self, judged: Sequence[Judged], digests: Mapping[Reference, str]) -> None:
        self.groups = grouped(judged)
        self.direct: dict[tuple[Reference, Reference], Judged] = {}
        self.apart: dict[tuple[Reference, Reference], list[Judged]] = {}
        self.changed: set[Reference] = set()
        self.stale: set[str] = set()
        self.digests = digests
        for each in sorted(judged, key=lambda one: one.id):
            self._take(each)

    def _take(self, each: Judged) -> None:
        self.direct[in_order(each.left, each.right)] = each
        if not each.stands_for(self.digests):
            self.stale.add(each.id)
            sides = ((each.left, each.left_digest), (each.right, each.right_digest))
            self.changed |= {one for one, was in sides if self.digests.get(one, was) != was}
        if each.counts and each.verdict is Verdict.DIFFERENT:
            pair = in_order(self.groups.party(each.left), self.groups.party(each.right))
            self.apart.setdefault(pair, []).append(each)

    def why_open(self, left: Reference, right: Reference) -> tuple[Why | None, str]:
        """Say why a pair is to be looked at, and by which verdict it was judged before."""
        held = self.direct.get((left, right))
        if left in self.groups.disputed and right in self.groups.disputed:
            return Why.DISPUTED, held.id if held else ""
        if held is not None:
            if held.id in self.stale:
                return Why.CHANGED, held.id
            if held.verdict is Verdict.UNSURE:
                return Why.UNSURE, held.id
            return (None, "") if held.counts else (Why.WAITS, held.id)
        one, other = self.groups.party(left), self.groups.party(right)
        if one == other or self._apart(left, right, in_order(one, other)):
            return None, ""
        return Why.NEW, ""

    def _apart(self, left: Reference, right: Reference, pair: tuple[Reference, Reference]) -> bool:
        """Whether a verdict on others of both groups holds for these two, neither changed since."""
        return not {left, right} & self.changed and any(
            each.id not in self.stale for each in self.apart.get(pair, ())
        )

    def left_open(self, seen: set[tuple[Reference, Reference]]) -> list[OpenPair]:
        """Give judged pairs that are to be looked at although nothing proposes them any more."""
        found = []
        for (left, right), held in self.direct.items():
            if (left, right) in seen or not {left, right} <= self.digests.keys():
                continue
            why, _ = self.why_open(left, right)
            if why is not None:
                found.append(OpenPair(left.entry, right.entry, 0.0, (), why, held.id))
        return found
