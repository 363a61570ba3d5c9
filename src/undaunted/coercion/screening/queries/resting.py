"""Kept answers of who controls: those that were asked before their stakes changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from undaunted.coercion.screening.models import Analysis, Stake
from undaunted.coercion.screening.queries.cases import authorities_of
from undaunted.coercion.screening.rules.stakes import one_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.coercion.screening.models import Case
    from undaunted.core.access.rules import Actor

__all__ = ["fallen_analyses"]

_TOLD = (
    "recorded_at", "withdrawn_at", "valid_from", "valid_to", "said_from", "said_until", "filed",
)  # fmt: skip


def fallen_analyses(actor: Actor, case: Case, at: datetime) -> frozenset[UUID]:
    """Give the kept answers that would be asked of other stakes at a moment.

    One had read a stake that did not stand any more, or a stake was told since in somebody above
    its target or its acquirers, or in those.
    """
    mine = {"case": case, "holder__in": authorities_of(actor)}
    kept = tuple(Analysis.objects.filter(**mine, recorded_at__lte=at).defer("asked"))
    if not kept:
        return frozenset()
    gone = Stake.objects.filter(**mine, withdrawn_at__lte=at).order_by()
    rows = tuple(gone.values(*_TOLD).distinct())
    fallen = frozenset(each.pk for each in kept if any(_read(each, row) for row in rows))
    stakes = Stake.objects.filter(**mine, recorded_at__lte=at).order_by()
    standing = stakes.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at))
    return fallen.union(_outdated((row for row in kept if row.pk not in fallen), standing, at))


def _outdated(kept: Iterable[Analysis], stakes: QuerySet[Stake], at: datetime) -> Iterator[UUID]:
    """Give the answers that would read a stake which was told after they were given."""
    above: dict[frozenset[str], set[str]] = {}
    for each in kept:
        later = stakes.filter(_would_read(each, at), recorded_at__gt=each.known_at)
        if not later.exists():
            continue
        asked = frozenset({each.result["target"], *each.result["acquirers"]})
        if asked not in above:
            above[asked] = _above(asked, stakes)
        if later.filter(owned__in=above[asked]).exists():
            yield each.pk


def _would_read(analysis: Analysis, at: datetime) -> Q:
    """Ask for the stakes that an answer of the same day would read if it were asked now."""
    day, said = analysis.as_of, at.date()
    began = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    lasts = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    told = Q(said_from__isnull=True) | Q(said_from__lte=said)
    stands = Q(said_until__isnull=True) | Q(said_until__gt=said)
    return Q(filed=True) | (began & lasts & told & stands)


def _above(companies: Iterable[str], stakes: QuerySet[Stake]) -> set[str]:
    """Give companies and whoever is above them, however little is held, in every form kept."""
    found, new = set[str](), set(companies)
    while new:
        found |= new
        owners = stakes.filter(owned__in=new).values_list("owner", flat=True).distinct()
        new = {form for each in owners for form in (each, one_form(each))} - found
    return found


def _read(analysis: Analysis, row: Mapping[str, Any]) -> bool:
    """Whether an answer read a stake, which was withdrawn after it was given."""
    if not row["recorded_at"] <= analysis.known_at < row["withdrawn_at"]:
        return False
    said = analysis.known_at.date()
    return row["filed"] or (
        _holds(analysis.as_of, row["valid_from"], row["valid_to"])
        and _holds(said, row["said_from"], row["said_until"])
    )


def _holds(day: Any, first: Any, end: Any) -> bool:  # noqa: ANN401 - days, or none told
    return (first is None or first <= day) and (end is None or day < end)
