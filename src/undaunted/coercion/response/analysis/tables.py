"""The tables of a response: what each partner bears, and where the coercer is hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.coercion.response.analysis.words import (
    money,
    nation,
    per_cent,
    per_cents,
    sector,
    unit,
)
from undaunted.core.editions.rules import Column, ColumnKind, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.coercion.response.analysis.weighing import Told

__all__ = ["partners_of", "sectors_of"]

NONE = "\u2013"
BITES = 6
"""So many sectors are told."""


def partners_of(told: Told) -> Table:
    """Give what each partner loses, pays or receives, and adds."""
    weighed = told.weighed
    columns: list[list[str]] = [
        [
            nation(name)
            if name in weighed.members
            else _("%(country)s (does not act)") % {"country": nation(name)}
            for name in weighed.changes
        ],
        per_cents(list(weighed.changes.values()), plus=True),
        [money(weighed.burden[name]) for name in weighed.changes],
        [_paid(weighed.transfers.get(name)) for name in weighed.changes],
    ]
    if not told.changed:
        columns.append(_added(told))
    heads = [
        Column("partner", _("Partner")),
        Column("change", _("Change of real income"), ColumnKind.DECIMAL),
        Column("burden", _("Net burden in a year"), ColumnKind.DECIMAL),
        Column("paid", _("Receives; with a minus, pays"), ColumnKind.DECIMAL),
    ]
    if not told.changed:
        heads.append(Column("adds", _("Adds to the harm"), ColumnKind.DECIMAL))
    return Table(
        "partners",
        _("Partners, against the episode without a response; amounts in %(unit)s")
        % {"unit": unit(told.front.question.data)},
        tuple(heads),
        tuple(zip(*columns, strict=True)),
        note=(" ".join(_noted(told)),),
    )


def _noted(told: Told) -> Iterator[str]:
    yield _(
        "The burden is the change on a country's gross domestic product, by which partners "
        "together are weighted too."
    )
    shared = told.weighed.shared
    if shared is not None and shared.orders:
        yield _(
            "What each bears is approximate: the mean over %(orders)s drawn orders in which "
            "partners join, not over all. The greatest standard error is %(error)s of real income."
        ) % {"orders": shared.orders, "error": per_cent(shared.error)}


def _paid(amount: float | None) -> str:
    return NONE if amount is None else money(amount)


def _added(told: Told) -> list[str]:
    """Give what each partner adds to the harm, a dash for who does not act."""
    known = told.point.contributions
    added = [known[name][0] for name in told.weighed.changes if name in known]
    written = iter(per_cents(added))
    return [next(written) if name in known else NONE for name in told.weighed.changes]


def sectors_of(told: Told, *, most: int = BITES) -> Table:
    """Give the sectors of the coercer that shrink most, the first the hardest hit."""
    order = sorted(told.weighed.sectors, key=lambda each: each.coercer)[:most]
    coercer = nation(told.front.question.coercer)
    rows = tuple(
        zip(
            [sector(each.sector) for each in order],
            per_cents([each.coercer for each in order], plus=True),
            per_cents([each.members for each in order], plus=True),
            [money(each.imports[0]) for each in order],
            [money(each.imports[1]) for each in order],
            strict=True,
        )
    )
    return Table(
        "hardest-hit",
        _("Sectors of %(coercer)s that shrink most; amounts in %(unit)s")
        % {"coercer": coercer, "unit": unit(told.front.question.data)},
        (
            Column("sector", _("Sector")),
            Column("coercer", _("Output of the coercer"), ColumnKind.DECIMAL),
            Column("members", _("Output of those who act"), ColumnKind.DECIMAL),
            Column("before", _("Bought from the coercer before"), ColumnKind.DECIMAL),
            Column("after", _("Bought from the coercer after"), ColumnKind.DECIMAL),
        ),
        rows,
    )
