"""Names of owners that a register tells by ids alone: from its other rows, and from own cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.screening.models import Holding, Party
from undaunted.coercion.screening.queries.cases import authorities_of
from undaunted.coercion.screening.rules.stakes import one_form
from undaunted.core.access.queries import seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["names_told"]


def names_told(actor: Actor, holders: Iterable[UUID], identifiers: Iterable[str]) -> dict[str, str]:
    """Give by their ids the names that stakes of some registers tell, else parties of own cases."""
    theirs, ids = {*holders}, {one_form(each) for each in identifiers}
    parties = Party.objects.filter(
        holder__in=theirs & authorities_of(actor), identifier__in=ids, withdrawn_at__isnull=True
    )
    told = dict(parties.order_by("recorded_at", "id").values_list("identifier", "name"))
    stakes = seen_by(actor, Holding.objects.filter(holder__in=theirs)).order_by("recorded_at", "id")
    for end in ("owner", "owned"):
        rows = stakes.filter(**{f"{end}__in": ids}).exclude(**{f"{end}_name": ""})
        told |= dict(rows.values_list(end, f"{end}_name"))
    return told
