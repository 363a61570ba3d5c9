"""What was answered before holds, until either side says something else of who it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.matching.rules.judged import Verdict, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.matching.rules.judged import Judged
    from undaunted.core.matching.rules.references import Reference

__all__ = ["Answered", "Memory"]


@dataclass(frozen=True, slots=True)
class Answered:
    """What a person said of somebody in a file and an entry, and how both were then."""

    entry: Reference
    verdict: Verdict
    subject_digest: str
    entry_digest: str
    counts: bool = True
    """Whether it settles anything: that somebody is meant takes a second person."""


class Memory:
    """Which hits on entries were answered, directly or by way of an entry confirmed to be one."""

    def __init__(self, judged: Iterable[Judged], digests: Mapping[Reference, str]) -> None:
        rows = tuple(judged)
        groups = grouped(rows)
        self._party, self._members = groups.party, groups.members
        self._digests = digests
        self._changed = {
            side
            for each in rows
            for side, was in ((each.left, each.left_digest), (each.right, each.right_digest))
            if digests.get(side, was) != was
        }

    def answer_to(
        self, entry: Reference, subject_digest: str, answers: Iterable[Answered]
    ) -> Answered | None:
        """Give the answer that settles a hit: on the entry itself before one on its party's others.

        None where nobody answered, was unsure, answered of what has changed since, or said alone
        that somebody is meant; and where two files that became one, or the other entries of the
        party, were answered differently.
        """
        party = self._party(entry)
        members = self._members.get(party, (entry,))
        held = [
            each
            for each in answers
            if each.verdict is not Verdict.UNSURE
            and each.counts
            and each.subject_digest == subject_digest
            and self._digests.get(each.entry, each.entry_digest) == each.entry_digest
            and (each.entry == entry or self._by_way_of(entry, each.entry, members))
        ]
        held.sort(key=lambda each: each.entry)
        told = [each for each in held if each.entry == entry] or held
        return told[0] if len({each.verdict for each in told}) == 1 else None

    def _by_way_of(
        self, entry: Reference, other: Reference, members: tuple[Reference, ...]
    ) -> bool:
        return other in members and not {entry, other} & self._changed
