"""The chapter on what others have counted: each series by itself, cited and never compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.editions.rules import (
    Column,
    ColumnKind,
    Figure,
    Name,
    Paragraph,
    Section,
    Strong,
    Table,
)
from undaunted.prisoners.report.analysis.sources import cited, numbered, source_list
from undaunted.prisoners.report.rules.external import Bound
from undaunted.site.charts.bars import Bar, bars

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from undaunted.core.editions.rules import Block, Cell
    from undaunted.prisoners.report.rules.external import ExternalNumber, ExternalSeries

__all__ = ["external_blocks", "external_figure", "external_number", "external_table"]

FEWEST_BARS: Final = 4
"""Of fewer numbers no chart is drawn: it would show a course where there is none."""


def external_blocks(series: Iterable[ExternalSeries], *, until: date) -> tuple[Block, ...]:
    """Give the chapter with every series as far as `until`; numbers for a later time are left out.

    A series without a number that early is left out whole.
    """
    held = [cut for each in series if (cut := _until(each, until)).numbers]
    if not held:
        return (Paragraph((_("No published total of others is cited for this time."),)),)
    opening = Paragraph(
        (
            _(
                "These totals are their publishers' own, by definitions of their own. They are "
                "cited beside the numbers of this report, and are neither added to them nor "
                "compared with them: no two of them count the same."
            ),
        )
    )
    parts = [Section(f"external-{each.key}", _title(each), tuple(_series(each))) for each in held]
    return (opening, *parts)


def external_table(series: ExternalSeries) -> Table:
    """Give a series as a table: as published, as told later, and which sources say so."""
    numbers = numbered(series.sources)
    return Table(
        key=_table_key(series),
        caption=_caption(series),
        columns=(
            Column("on", _("When")),
            Column("value", _("As published"), ColumnKind.WHOLE),
            Column("later", _("As told later"), ColumnKind.WHOLE),
            Column("note", _("Note")),
            Column("sources", _("Sources")),
        ),
        rows=tuple(
            (each.on, each.value, each.later, _note(each, series.language),
             cited(each.sources, numbers))
            for each in series.numbers
        ),
        keys=tuple(_row_key(each) for each in series.numbers),
    )  # fmt: skip


def external_figure(series: ExternalSeries) -> Figure:
    """Give a series as bars, as it was first published, with words and its table behind."""
    most = max(series.numbers, key=lambda each: each.value)
    words = _("The highest of %(count)s totals is %(number)s, for %(time)s.") % {
        "count": len(series.numbers),
        "number": most.value,
        "time": most.on,
    }
    items = [Bar(each.on, each.value) for each in series.numbers]
    return Figure(
        key=f"external-{series.key}-chart",
        caption=_caption(series),
        alternative=words,
        specification=bars(items, title=_caption(series), description=words).specification,
        table=external_table(series),
    )


def external_number(
    series: Iterable[ExternalSeries], table: str, row: str, column: str
) -> tuple[ExternalSeries, ExternalNumber, int | None]:
    """Find again what stands in a table under a key. Raises `KeyError`."""
    for each in series:
        for number in each.numbers:
            if (_table_key(each), _row_key(number)) == (table, row):
                return each, number, {"value": number.value, "later": number.later}[column]
    raise KeyError(table)


def _table_key(series: ExternalSeries) -> str:
    return f"external-{series.key}-totals"


def _row_key(number: ExternalNumber) -> str:
    return number.on.replace("/", "..")


def _note(number: ExternalNumber, language: str) -> Cell:
    bound = _("At least.") if number.bound is Bound.AT_LEAST else ""
    told = " ".join(each for each in (bound, number.note) if each)
    return Name(told, language) if told else None


def _series(series: ExternalSeries) -> Iterator[Block]:
    language = series.language
    yield Paragraph((Strong(_("What is counted:")), " ", Name(series.counts, language)))
    yield Paragraph((Strong(_("What is left out:")), " ", Name(series.leaves_out, language)))
    drawn = len(series.numbers) >= FEWEST_BARS
    yield external_figure(series) if drawn else external_table(series)
    yield Paragraph((Strong(_("Sources:")), " ", Name(series.rights, language)))
    yield source_list(numbered(series.sources), language=language)


def _title(series: ExternalSeries) -> str:
    return f"{series.publisher}: {series.title}"


def _caption(series: ExternalSeries) -> str:
    return f"{_title(series)} ({series.unit})"


def _until(series: ExternalSeries, until: date) -> ExternalSeries:
    held = [each for each in series.numbers if _ended(each, until)]
    return replace(series, numbers=tuple(held))


def _ended(number: ExternalNumber, until: date) -> bool:
    latest = PartialDate.parse(number.on).latest
    return latest is not None and latest <= until
