"""Names of owners that a register tells by ids alone: from its other rows, and from own cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.models import Holding, Party
from undaunted.coercion.screening.queries.cases import authorities_of
from undaunted.coercion.screening.queries.spelled import Spellings
from undaunted.coercion.screening.rules.stakes import one_form
from undaunted.core.access.queries import seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["names_told"]


def names_told(actor: Actor, holders: Iterable[UUID], identifiers: Iterable[str]) -> dict[str, str]:
    """Give by their ids the names that stakes of some registers tell, else parties of own cases.

    The ids are in the one form, in whichever rows of earlier days keep them.
    """
    theirs, ids = {*holders}, {one_form(each) for each in identifiers}
    parties = Party.objects.filter(
        holder__in=theirs & authorities_of(actor), withdrawn_at__isnull=True
    )
    told = _named(parties, "identifier", "name", ids)
    stakes = seen_by(actor, Holding.objects.filter(holder__in=theirs))
    for end in ("owner", "owned"):
        told |= _named(stakes.exclude(**{f"{end}_name": ""}), end, f"{end}_name", ids)
    return told


def _named(rows: QuerySet[Any], column: str, name: str, ids: set[str]) -> dict[str, str]:
    """Give by the one form of their ids the names that rows tell, the latest of each."""
    kept = rows.filter(**{f"{column}__in": Spellings(rows, column).of(ids)})
    told = kept.order_by("recorded_at", "id").values_list(column, name)
    return {one_form(each): said for each, said in told}
