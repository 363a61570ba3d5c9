"""Charts of the report: the years as a line, parts as bars, the share still held as steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Figure
from undaunted.prisoners.report.rules.years import last_day
from undaunted.site.charts.bars import Bar, bars
from undaunted.site.charts.series import Break, TrendPoint, trend
from undaunted.site.charts.theme import COLOURS, theme
from undaunted.site.components.numbers import number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.core.editions.rules import Table
    from undaunted.prisoners.report.analysis.told import Told

__all__ = ["MOST_BARS", "bar_chart", "step_chart", "yearly_chart"]

MOST_BARS = 20
_FEW, _LOW = 10, 150
"""So many years are drawn so high."""


def yearly_chart(told: Told, table: Table, breaks: Sequence[int]) -> Figure:
    """Draw the stock of each year; `breaks` are years in which lists begin."""
    figures = told.figures
    points = []
    for year in map(int, table.keys):
        bands = figures.held(told.place, year)
        points.append(TrendPoint(last_day(year), bands.persons, bands.low, bands.high))
    words = _(
        "From %(first)s at the beginning to %(last)s now; at most %(most)s. The band reaches "
        "from what is verified to what is possible."
    ) % {
        "first": number_text(points[0].value),
        "last": number_text(points[-1].value),
        "most": number_text(max(point.value for point in points)),
    }
    chart = trend(
        points,
        title=table.caption,
        description=words,
        breaks=[Break(last_day(year), "") for year in breaks],
    )
    specification = dict(chart.specification)
    if len(points) <= _FEW:
        specification["height"] = _LOW
    caption = table.caption
    if breaks:
        caption = _("%(caption)s (dashed: a list begins, no trend across)") % {"caption": caption}
    return Figure(
        key=f"{table.key}-chart",
        caption=caption,
        alternative=words,
        table=table,
        specification=specification,
    )


def bar_chart(table: Table, items: Sequence[tuple[str, int]]) -> Figure | Table:
    """Draw the parts of a table as bars, the longest first; without any the table stands alone."""
    shown = sorted((item for item in items if item[1]), key=lambda item: -item[1])[:MOST_BARS]
    if not shown:
        return table
    words = _("The most: %(part)s, %(number)s.") % {
        "part": shown[0][0],
        "number": number_text(shown[0][1]),
    }
    chart = bars(
        [Bar(label, value) for label, value in shown], title=table.caption, description=words
    )
    return Figure(
        key=f"{table.key}-chart",
        caption=table.caption,
        alternative=words,
        table=table,
        specification=chart.specification,
    )


def step_chart(
    table: Table, lines: Sequence[tuple[str, Sequence[tuple[int, float]]]], *, words: str
) -> Figure:
    """Draw shares that fall by steps, each line with its name, over days."""
    rtl = get_language_bidi()
    rows = [
        {"line": name, "years": days / 365.25, "share": share}
        for name, points in lines
        for days, share in points
    ]
    specification: dict[str, Any] = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 620,
        "height": 240,
        "data": {"values": rows},
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2.2},
        "encoding": {
            **_years_and_shares(rtl=rtl),
            "color": {
                "field": "line",
                "type": "nominal",
                "sort": [name for name, _points in lines],
                "legend": {"title": None, "orient": "bottom", "labelLimit": 400},
                "scale": {"range": [COLOURS["series-1"], COLOURS["series-2"]]},
            },
        },
        "config": theme(),
    }
    return Figure(
        key=f"{table.key}-chart",
        caption=table.caption,
        alternative=words,
        table=table,
        specification=specification,
    )


def _years_and_shares(*, rtl: bool) -> dict[str, Any]:
    return {
        "x": {
            "field": "years",
            "type": "quantitative",
            "axis": {"title": _("Years"), "tickMinStep": 1, "format": "d"},
            "scale": {"reverse": rtl},
        },
        "y": {
            "field": "share",
            "type": "quantitative",
            "axis": {
                "title": None,
                "format": "%",
                "tickCount": 5,
                "orient": "right" if rtl else "left",
            },
            "scale": {"domain": [0, 1]},
        },
    }
