"""Identifiers that registers keep in another form than the one that is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import BooleanField, F, Func, Q

from undaunted.coercion.screening.rules.stakes import one_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from undaunted.coercion.screening.models import Said

__all__ = ["Spellings"]

STATE, CODED = "STATE:", r"^STATE:[A-Z]{2}$"


class Spellings:
    """The other forms in which columns keep identifiers, as rows of earlier days may."""

    def __init__(self, rows: QuerySet[Said], *columns: str) -> None:
        self._kept: dict[str, set[str]] = {}
        for column in columns:
            coded = Q(**{f"{column}__istartswith": STATE}) & ~Q(**{f"{column}__regex": CODED})
            other = rows.filter(coded | Q(_Decomposed(F(column)))).order_by()
            for kept in other.values_list(column, flat=True).distinct():
                self._kept.setdefault(one_form(kept), set()).add(kept)

    def of(self, identifiers: Iterable[str]) -> list[str]:
        """Give identifiers in every form in which the columns keep them."""
        told = {one_form(each) for each in identifiers}
        return [*told.union(*(self._kept.get(each, ()) for each in told))]


class _Decomposed(Func):
    template = "%(expressions)s IS NOT NFC NORMALIZED"
    output_field = BooleanField()
