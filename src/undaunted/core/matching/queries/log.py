"""One pair side by side, and the log of verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.accounts.queries import account_name, organisations_called
from undaunted.core.listings.queries import entries_last_named, entries_named
from undaunted.core.matching.models import Hand, MatchCandidate, MatchJudgement
from undaunted.core.matching.queries.ours import are_ours
from undaunted.core.matching.queries.reasons import reasons_read
from undaunted.core.matching.queries.shown import Shown
from undaunted.core.matching.rules import (
    Verdict,
    changed_between,
    entry_reference,
    form_of_entry,
    in_order,
    read_form,
    shown_of_entry,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Entry
    from undaunted.core.matching.rules import EntryKey

__all__ = [
    "PairSheet",
    "Step",
    "entries_of_pairs",
    "log_of",
    "pair_for",
    "pair_judged",
]


@dataclass(frozen=True, slots=True)
class Step:
    """A verdict, its confirming or its undoing: by whom, when, why.

    `who` and `why` are told to whoever may read them; of which organisation, and that a reason is
    kept, everybody at the desk is told.
    """

    judgement: MatchJudgement
    undone: bool
    at: datetime
    who: str
    why: str
    confirmed: bool = False
    mine: bool = False
    """Whether whoever looks took the step."""
    replaced: bool = False
    """Whether another verdict took the place of this one: nobody undid it."""
    reasoned: bool = False
    """Whether a reason is kept with it."""
    organisation: str = ""

    @property
    def waits(self) -> bool:
        """Whether this is a verdict that waits for a second person."""
        row = self.judgement
        return not (self.undone or self.confirmed or row.undone_at or row.confirmed_at) and (
            row.verdict != Verdict.UNSURE
        )


@dataclass(frozen=True, slots=True)
class PairSheet:
    """Two entries as they are, what was alike, and what was judged of them before.

    One that left its list is told as it last stood; `left_gone` and `right_gone` say so.
    """

    left: EntryKey
    right: EntryKey
    left_entry: Entry | None
    right_entry: Entry | None
    candidate: MatchCandidate | None
    standing: MatchJudgement | None
    left_changed: tuple[str, ...]
    right_changed: tuple[str, ...]
    steps: tuple[Step, ...]
    left_gone: bool = False
    right_gone: bool = False
    ours: bool = True
    """Whether whoever looks may undo or replace the verdict that stands; others confirm it."""

    @property
    def shown(self) -> Shown:
        """Both as they are shown."""
        both = ((self.left, self.left_entry), (self.right, self.right_entry))
        off = ((self.left, self.left_gone), (self.right, self.right_gone))
        return Shown(
            ((self.left, self.right),),
            {key: entry for key, entry in both if entry is not None},
            frozenset(key for key, gone in off if gone),
        )

    @property
    def told(self) -> tuple[tuple[EntryKey, dict[str, tuple[str, ...]]], ...]:
        """Both with all that whoever judges is shown of them, by field."""
        both = ((self.left, self.left_entry), (self.right, self.right_entry))
        return tuple((key, shown_of_entry(entry) if entry else {}) for key, entry in both)

    @property
    def seen(self) -> str:
        """What names the two as they are shown, so that a verdict is of nothing else."""
        return self.shown.seen

    @property
    def judged_otherwise(self) -> bool:
        """Whether a verdict waits whose judge was shown something else: it is not confirmed."""
        row = self.standing
        waits = row is not None and row.confirmed_at is None and row.verdict != Verdict.UNSURE
        return waits and row is not None and self.shown.changed(row)

    @property
    def may_be_judged(self) -> bool:
        """Whether both are known, and one at least stands."""
        known = self.left_entry is not None and self.right_entry is not None
        return known and not (self.left_gone and self.right_gone)

    @property
    def takes_a_verdict(self) -> bool:
        """Whether whoever looks may give one: on what is open or ours, or the same to confirm it.

        Nothing else is open to others: another verdict of theirs takes no place.
        """
        row = self.standing
        if self.ours or row is None or row.verdict == Verdict.UNSURE:
            return self.may_be_judged
        waits = row.confirmed_at is None and row.batch is None and not self.judged_otherwise
        return self.may_be_judged and waits


def pair_for(actor: Actor, left: EntryKey, right: EntryKey) -> PairSheet | None:
    """Give two entries side by side; None where neither is on a list nor was judged.

    Beside one in force, another that left its list is given as it last stood.
    """
    one, other = (ref.entry for ref in in_order(entry_reference(left), entry_reference(right)))
    if one == other:
        return None
    keys = {"left": ":".join(one), "right": ":".join(other)}
    standing_now = entries_named(actor, (one, other))
    off = {one, other} - standing_now.keys()
    entries = {**standing_now, **(entries_last_named(actor, off) if off else {})}
    judged = list(MatchJudgement.objects.filter(**keys).order_by("-at"))
    if not judged and (len(entries) < len(keys) or not standing_now):
        return None
    standing = next((each for each in judged if each.undone_at is None), None)
    return PairSheet(
        one,
        other,
        entries.get(one),
        entries.get(other),
        MatchCandidate.objects.filter(**keys).first(),
        standing,
        _changed(standing.left_form if standing else None, standing_now.get(one)),
        _changed(standing.right_form if standing else None, standing_now.get(other)),
        _steps(actor, judged),
        one in off,
        other in off,
        ours=standing is None or are_ours(actor, [standing.pk]),
    )


def entries_of_pairs(
    actor: Actor, pairs: Iterable[tuple[EntryKey, EntryKey]]
) -> dict[EntryKey, Entry]:
    """Give the entries of pairs; one that left its list, beside one in force, as it last stood."""
    held = tuple(pairs)
    found = entries_named(actor, {key for pair in held for key in pair})
    beside = {key for pair in held if found.keys() & set(pair) for key in pair if key not in found}
    return found | (entries_last_named(actor, beside) if beside else {})


def log_of(actor: Actor, *, most: int = 100) -> tuple[Step, ...]:
    """Give the newest verdicts and undoings, newest first."""
    hands = list(Hand.objects.order_by("-at", "-undone")[:most]) if not actor.is_public else []
    rows = MatchJudgement.objects.in_bulk({each.judgement for each in hands})
    return _told(actor, hands, rows)


def pair_judged(actor: Actor, judgement: UUID) -> PairSheet | None:
    """Give the two entries of a verdict side by side; None where there is no such verdict."""
    row = MatchJudgement.objects.filter(pk=judgement).first()
    return pair_for(actor, *row.pair) if row is not None else None


def _changed(form: dict[str, object] | None, entry: Entry | None) -> tuple[str, ...]:
    if form is None or entry is None:
        return ()
    return changed_between(read_form(form), form_of_entry(entry))


def _steps(actor: Actor, judged: Iterable[MatchJudgement]) -> tuple[Step, ...]:
    rows = {each.pk: each for each in judged}
    hands = Hand.objects.filter(judgement__in=rows).order_by("-at", "-undone")
    return _told(actor, hands, rows) if not actor.is_public else ()


def _told(
    actor: Actor, hands: Iterable[Hand], rows: dict[UUID, MatchJudgement]
) -> tuple[Step, ...]:
    taken = [each for each in hands if each.judgement in rows]
    names = {by: account_name(actor, by) for by in {each.by for each in taken}}
    reasons = reasons_read(actor, taken)
    places = organisations_called(actor, {each.holder for each in taken})
    undone = set(
        Hand.objects.filter(judgement__in=rows, undone=True).values_list("judgement", flat=True)
    )
    return tuple(
        Step(
            row := rows[each.judgement],
            each.undone,
            each.at,
            names[each.by],
            reasons.get(each.pk, ""),
            confirmed=each.confirmed,
            mine=each.by == actor.person,
            replaced=row.undone_at is not None and row.pk not in undone,
            reasoned=each.reasoned,
            organisation=places.get(each.holder, ""),
        )
        for each in taken
    )
