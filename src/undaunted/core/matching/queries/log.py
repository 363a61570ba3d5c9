"""One pair side by side, and the log of verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.db.models.functions import Coalesce

from undaunted.core.access.rules import Verb
from undaunted.core.accounts.queries import account_name
from undaunted.core.listings.queries import entries_last_named, entries_named
from undaunted.core.matching.models import Hand, MatchCandidate, MatchJudgement
from undaunted.core.matching.rules import (
    Named,
    OpenPair,
    Reference,
    Verdict,
    Why,
    changed_between,
    digest_of_pairs,
    entry_reference,
    form_of_entry,
    in_order,
    read_form,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Entry
    from undaunted.core.matching.rules import EntryKey

__all__ = [
    "PairSheet",
    "Step",
    "Together",
    "entries_of_pairs",
    "judging_acts_waiting",
    "log_of",
    "pair_for",
    "together_for",
    "verdicts_waiting",
]


@dataclass(frozen=True, slots=True)
class Step:
    """A verdict, its confirming or its undoing: by whom, when, why."""

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

    @property
    def seen(self) -> str:
        """What names the two as they are shown, so that a verdict is of nothing else."""
        both = ((self.left, self.left_entry), (self.right, self.right_entry))
        entries = {key: entry for key, entry in both if entry is not None}
        return digest_of_pairs([(self.left, self.right)], entries)

    @property
    def may_be_judged(self) -> bool:
        """Whether both are known, and one at least stands."""
        known = self.left_entry is not None and self.right_entry is not None
        return known and not (self.left_gone and self.right_gone)


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
    )


def entries_of_pairs(
    actor: Actor, pairs: Iterable[tuple[EntryKey, EntryKey]]
) -> dict[EntryKey, Entry]:
    """Give the entries of pairs; one that left its list, beside one in force, as it last stood."""
    held = tuple(pairs)
    found = entries_named(actor, {key for pair in held for key in pair})
    beside = {key for pair in held if found.keys() & set(pair) for key in pair if key not in found}
    return found | (entries_last_named(actor, beside) if beside else {})


def verdicts_waiting(actor: Actor) -> QuerySet[MatchJudgement]:
    """Give what one person said of two entries and a second has not confirmed, to who judges."""
    if not actor.can(Verb.JUDGE_MATCH):
        return MatchJudgement.objects.none()
    rows = MatchJudgement.objects.filter(undone_at__isnull=True, confirmed_at__isnull=True)
    return rows.exclude(verdict=Verdict.UNSURE)


def judging_acts_waiting(actor: Actor) -> int:
    """Count the acts whose verdicts wait: what was judged together is confirmed together."""
    act = Coalesce("batch", "id")
    return verdicts_waiting(actor).aggregate(acts=Count(act, distinct=True))["acts"] or 0


@dataclass(frozen=True, slots=True)
class Together:
    """What one person judged in one act and a second has not confirmed."""

    verdict: str
    why: str
    pairs: tuple[OpenPair, ...]
    mine: bool
    """Whether whoever looks judged it."""


def together_for(actor: Actor, batch: UUID) -> Together | None:
    """Give an act that waits for a second person, to who judges; None where none waits there."""
    rows = list(verdicts_waiting(actor).filter(batch=batch).order_by("-likeness", "left", "right"))
    if not rows:
        return None
    hand = Hand.objects.get(judgement=rows[0].pk, undone=False, confirmed=False)
    pairs = tuple(
        OpenPair(
            Reference(Named.ENTRY, each.left).entry,
            Reference(Named.ENTRY, each.right).entry,
            each.likeness or 0.0,
            tuple(each.reasons),
            Why.WAITS,
            str(each.pk),
        )
        for each in rows
    )
    return Together(rows[0].verdict, hand.why, pairs, hand.by == actor.person)


def log_of(actor: Actor, *, most: int = 100) -> tuple[Step, ...]:
    """Give the newest verdicts and undoings, newest first."""
    hands = list(Hand.objects.order_by("-at", "-undone")[:most]) if not actor.is_public else []
    rows = MatchJudgement.objects.in_bulk({each.judgement for each in hands})
    return _told(actor, hands, rows)


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
    names: dict[UUID, str] = {}
    found = []
    undone = set(
        Hand.objects.filter(judgement__in=rows, undone=True).values_list("judgement", flat=True)
    )
    for each in hands:
        if each.by not in names:
            names[each.by] = account_name(actor, each.by)
        if each.judgement in rows:
            judged = rows[each.judgement]
            mine = each.by == actor.person
            replaced = judged.undone_at is not None and judged.pk not in undone
            step = (each.undone, each.at, names[each.by], each.why, each.confirmed, mine, replaced)
            found.append(Step(judged, *step))
    return tuple(found)
