"""Who is whom among entries in force, and what of it nobody has settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max, Q

from undaunted.core.listings.queries import counts_unseen, marks_in_force
from undaunted.core.listings.rules import Compared
from undaunted.core.matching.models import EntrySeen, MatchCandidate, MatchJudgement
from undaunted.core.matching.rules import (
    Candidate,
    Judged,
    Named,
    Reference,
    Refused,
    Verdict,
    grouped,
    open_pairs,
    standing_from,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.queries import EntryMark
    from undaunted.core.matching.rules import EntryKey, Standing

__all__ = ["compared_of", "judged_of_entries", "standing_of"]


def standing_of(
    actor: Actor, sources: Iterable[str] | None = None, *, reasons: bool = True
) -> Standing:
    """Give the party of every entry in force, of some lists or of all, and every open pair.

    A pair with an entry that has left its list stays open: on earlier days that entry stood.

    Without `reasons` pairs come without theirs, in half the time; `reasons_of` gives those of some.
    Public facts alone. What was judged by way of an entry on another list counts as well, also of
    one that has left its list.
    """
    asked = None if sources is None else frozenset(sources)
    marks = marks_in_force(actor, asked)
    wanted = {f"{each.source}:{each.key}" for each in marks}
    seen = {f"{source}:{key}": told for source, key, *told in _seen(actor)}
    judged = judged_of_entries(actor)
    candidates = [
        each
        for each in _candidates(actor, reasons=reasons)
        if asked is None or {each.left.entry[0], each.right.entry[0]} <= asked
    ]
    digests = _digests(wanted, seen, judged)
    return standing_from(
        ((each.source, each.key) for each in marks),
        grouped(judged),
        open_pairs(candidates, judged, digests),
        _refused(marks, seen),
        (m[:2] for m in marks if seen.get(f"{m.source}:{m.key}", ("",))[0] != m.digest),
    )


def compared_of(actor: Actor, sources: Iterable[str]) -> Mapping[str, Compared]:
    """Give by list when its entries were last compared, and how many of them wait."""
    wanted = tuple(sources)
    waiting = counts_unseen(actor, EntrySeen.objects.all(), wanted)
    rows = EntrySeen.objects.filter(source__in=wanted).values_list("source").annotate(Max("at"))
    days = dict(rows.order_by())
    return {each: Compared(days.get(each), waiting.get(each, 0)) for each in wanted}


def judged_of_entries(_actor: Actor, *, known_at: datetime | None = None) -> tuple[Judged, ...]:
    """Give every verdict on entries that stands; or what two people held at a moment."""
    stands = Q(undone_at__isnull=True)
    if known_at is not None:
        stands = Q(confirmed_at__lte=known_at) & (stands | Q(undone_at__gt=known_at))
    rows = MatchJudgement.objects.filter(stands).values_list(
        "pk", "left", "right", "verdict", "left_digest", "right_digest", "confirmed_at"
    )
    return tuple(
        Judged(str(pk), _entry(left), _entry(right), Verdict(verdict), one, other, when is not None)
        for pk, left, right, verdict, one, other, when in rows.iterator(10_000)
    )


def _seen(_actor: Actor) -> Iterable[tuple[str, ...]]:
    rows = EntrySeen.objects.values_list("source", "key", "digest", "form", "refused")
    return rows.iterator(10_000)


def _candidates(_actor: Actor, *, reasons: bool) -> Iterable[Candidate]:
    told = ("left", "right", "likeness", "strong", *(("reasons",) if reasons else ()))
    rows = MatchCandidate.objects.values_list(*told)
    for left, right, likeness, strong, *why in rows.iterator(10_000):
        held = tuple(why[0]) if why else ()
        yield Candidate(_entry(left), _entry(right), likeness, held, strong)


def _digests(
    wanted: set[str], seen: Mapping[str, list[str]], judged: Iterable[Judged]
) -> dict[Reference, str]:
    """Give what the forms of judged entries digest to now; an entry off its list has none."""
    sides = {side for each in judged for side in (each.left, each.right)}
    return {side: seen[side.key][1] for side in sides if side.key in wanted and side.key in seen}


def _refused(marks: Iterable[EntryMark], seen: Mapping[str, list[str]]) -> Iterable[Refused]:
    for each in marks:
        told = seen.get(f"{each.source}:{each.key}")
        if told is not None and told[2]:
            key: EntryKey = (each.source, each.key)
            yield Refused(key, told[2])


def _entry(key: str) -> Reference:
    return Reference(Named.ENTRY, key)
