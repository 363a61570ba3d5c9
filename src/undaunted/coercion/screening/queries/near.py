"""What of a register hangs together with what changed in it, so that little is read for little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import F, Q

from undaunted.coercion.screening.models import AssetEntry, Holding, Said
from undaunted.coercion.screening.queries.spelled import Spellings
from undaunted.coercion.screening.rules.stakes import one_form
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
    """What bears on what changed, and the holdings that tell of it, now or before.

    `references` are those of the assets among it, as the register keeps them.
    """

    references: tuple[str, ...]
    holdings: tuple[Holding, ...]


def near_since(actor: Actor, last: Screening, day: date) -> Near:
    """Give what bears on whatever changed in a register since it was looked at.

    Changed is what was recorded or replaced, and what began or ended on a day between. Control can
    be another one there and below; it follows from everybody above those. Identifiers are compared
    in one form, as rows of earlier days may be kept in another.
    """
    stood = Q(replaced_at__isnull=True) | Q(replaced_at__gt=last.recorded_at)
    rows = seen_by(actor, Holding.objects.filter(holder=last.holder)).filter(stood)
    entries = seen_by(actor, AssetEntry.objects.filter(holder=last.holder))
    spellings = Spellings(rows, "owner", "owned")
    above = _below(rows, spellings, _touched(actor, last, day))
    new, found = above, list[Holding]()
    while new:
        held = list(rows.filter(owned__in=spellings.of(new)).order_by("owned", "owner", "pk"))
        found += held
        new = {one_form(each.owner) for each in held} - above
        above = above | new
    references = Spellings(entries, "asset__reference").of(above)
    return Near(tuple(references), (*found, *_kinds(rows, spellings.of(above))))


def _touched(actor: Actor, last: Screening, day: date) -> set[str]:
    holdings = seen_by(actor, Holding.objects.filter(holder=last.holder))
    entries = seen_by(actor, AssetEntry.objects.filter(holder=last.holder))
    told = (
        *_changed(holdings, last, day).values_list("owned", flat=True),
        *_changed(entries, last, day).values_list("asset__reference", flat=True),
    )
    return {one_form(each) for each in told}


def _changed(rows: QuerySet[Statement], last: Screening, day: date) -> QuerySet[Statement]:
    early, late = sorted((last.day, day))
    told = Q(recorded_at__gt=last.recorded_at) | Q(replaced_at__gt=last.recorded_at)
    if early == late:
        return rows.filter(told)
    began = Q(valid_from__gt=early, valid_from__lte=late)
    ended = Q(valid_to__gt=early, valid_to__lte=late)
    return rows.filter(told | Q(began | ended, replaced_at__isnull=True))


def _below(rows: QuerySet[Holding], spellings: Spellings, touched: set[str]) -> set[str]:
    """Give companies and all below them, however little of each is held."""
    below, new = set(touched), touched
    while new:
        held = rows.filter(owner__in=spellings.of(new)).values_list("owned", flat=True)
        new = {one_form(each) for each in held} - below
        below |= new
    return below


def _kinds(rows: QuerySet[Holding], parties: list[str]) -> list[Holding]:
    """Give one row elsewhere for each owner whose kind it tells: a state stands for itself."""
    elsewhere = rows.filter(owner__in=parties).exclude(owned__in=parties)
    told = elsewhere.exclude(owner_kind="unknown")
    latest = F("replaced_at").desc(nulls_first=True)
    return list(told.order_by("owner", latest, "pk").distinct("owner"))
