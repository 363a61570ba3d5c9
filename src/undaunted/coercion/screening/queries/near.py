"""What of a register hangs together with what changed in it, so that little is read for little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import F, Q

from undaunted.coercion.screening.models import AssetEntry, Holding, Said
from undaunted.core.access.queries import seen_by

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from undaunted.coercion.screening.models import Screening
    from undaunted.core.access.rules import Actor

__all__ = ["Near", "near_since"]

Statement = TypeVar("Statement", bound=Said)


@dataclass(frozen=True, slots=True)
class Near:
    """The parties that bear on what changed, and the holdings that tell of them, now or before."""

    parties: frozenset[str]
    holdings: tuple[Holding, ...]


def near_since(actor: Actor, last: Screening, day: date) -> Near:
    """Give what bears on whatever changed in a register since it was looked at.

    Changed is what was recorded or replaced, and what began or ended on a day between. Control can
    be another one there and below; it follows from everybody above those.
    """
    stood = Q(replaced_at__isnull=True) | Q(replaced_at__gt=last.recorded_at)
    rows = seen_by(actor, Holding.objects.filter(holder=last.holder)).filter(stood)
    above = _below(rows, _touched(actor, last, day))
    new, found = above, list[Holding]()
    while new:
        held = list(rows.filter(owned__in=new).order_by("owned", "owner", "pk"))
        found += held
        new = {each.owner for each in held} - above
        above = above | new
    return Near(frozenset(above), (*found, *_kinds(rows, above)))


def _touched(actor: Actor, last: Screening, day: date) -> set[str]:
    holdings = seen_by(actor, Holding.objects.filter(holder=last.holder))
    entries = seen_by(actor, AssetEntry.objects.filter(holder=last.holder))
    return {
        *_changed(holdings, last, day).values_list("owned", flat=True),
        *_changed(entries, last, day).values_list("asset__reference", flat=True),
    }


def _changed(rows: QuerySet[Statement], last: Screening, day: date) -> QuerySet[Statement]:
    early, late = sorted((last.day, day))
    told = Q(recorded_at__gt=last.recorded_at) | Q(replaced_at__gt=last.recorded_at)
    if early == late:
        return rows.filter(told)
    began = Q(valid_from__gt=early, valid_from__lte=late)
    ended = Q(valid_to__gt=early, valid_to__lte=late)
    return rows.filter(told | Q(began | ended, replaced_at__isnull=True))


def _below(rows: QuerySet[Holding], touched: set[str]) -> set[str]:
    """Give companies and all below them, however little of each is held."""
    below, new = set(touched), touched
    while new:
        new = set(rows.filter(owner__in=new).values_list("owned", flat=True)) - below
        below |= new
    return below


def _kinds(rows: QuerySet[Holding], parties: set[str]) -> list[Holding]:
    """Give one row elsewhere for each owner whose kind it tells: a state stands for itself."""
    elsewhere = rows.filter(owner__in=parties).exclude(owned__in=parties)
    told = elsewhere.exclude(owner_kind="unknown")
    latest = F("replaced_at").desc(nulls_first=True)
    return list(told.order_by("owner", latest, "pk").distinct("owner"))
