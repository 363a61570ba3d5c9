"""Charts over time: a line with its band, and stacked confidence tiers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from undaunted.site.charts.figure import Chart, Key, TableBehind
from undaunted.site.charts.theme import COLOURS, theme
from undaunted.site.components.dates import date_text

__all__ = ["Break", "TierPoint", "TrendPoint", "tier_bands", "trend"]

_TICKS = 10
_BARS_UNTIL = 40
_SHORT_YEARS = 2


@dataclass(frozen=True)
class TrendPoint:
    """A count on one day, with the range that its uncertainty allows."""

    day: date
    value: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Break:
    """A day from which numbers are no longer comparable with those before, and why."""

    day: date
    reason: str


@dataclass(frozen=True)
class TierPoint:
    """Persons on one day by the confidence tier of what is known."""

    day: date
    a: int
    b: int
    c: int = 0
    d: int = 0


def trend(
    points: Sequence[TrendPoint],
    *,
    title: str,
    description: str,
    breaks: Sequence[Break] = (),
    value_label: str = "",
) -> Chart:
    """Draw a line with its range; the line is cut wherever a break forbids comparison."""
    label = value_label or _("Persons")
    flags = sorted(breaks, key=lambda each: each.day)
    banded = any(point.low is not None or point.high is not None for point in points)
    layers: list[dict[str, object]] = []
    if banded:
        layers.append(_band())
    layers += [_line(), *_flags(flags)]
    keys = [Key("series-1", label, line=True)]
    if banded:
        keys.append(Key("band", _("Range from verified to possible")))
    if flags:
        keys.append(Key("ember", _("Break: not comparable with earlier"), line=True))
    spec = _frame(_across([point.day for point in points]), layers, label)
    spec["data"] = {"values": _trend_rows(points, flags)}
    return Chart(
        title=title,
        description=description,
        specification=spec,
        table=TableBehind(
            (_("Day"), label, _("Lowest"), _("Highest")),
            tuple((date_text(p.day), p.value, p.low, p.high) for p in points),
        ),
        keys=tuple(keys) if len(keys) > 1 else (),
        notes=tuple(
            _("%(day)s: %(reason)s") % {"day": date_text(flag.day), "reason": flag.reason}
            for flag in flags
        ),
    )


def tier_bands(points: Sequence[TierPoint], *, title: str, description: str) -> Chart:
    """Draw the confidence tiers on top of each other, best known at the bottom."""
    names = [_("Tier %(letter)s") % {"letter": letter} for letter in "ABCD"]
    yearly = _yearly([point.day for point in points])
    rows = [
        {
            "day": point.day.isoformat(),
            "label": _short_label(point.day, yearly=yearly),
            "tier": letter,
            "order": order,
            "n": number,
        }
        for point in points
        for order, (letter, number) in enumerate(
            zip("abcd", (point.a, point.b, point.c, point.d), strict=True)
        )
    ]
    few = len(points) <= _BARS_UNTIL
    mark = {"type": "bar"} if few else {"type": "area", "interpolate": "step-after"}
    layer: dict[str, object] = {
        "mark": mark,
        "encoding": {
            "y": {"field": "n", "type": "quantitative", "stack": "zero"},
            "order": {"field": "order", "type": "quantitative"},
            "color": {
                "field": "tier",
                "type": "nominal",
                "legend": None,
                "scale": {
                    "domain": list("abcd"),
                    "range": [COLOURS[f"tier-{letter}"] for letter in "abcd"],
                },
            },
        },
    }
    days = [point.day for point in points]
    across = _side_by_side(days) if few else _across(days)
    spec = _frame(across, [layer], _("Persons"))
    spec["data"] = {"values": rows}
    return Chart(
        title=title,
        description=description,
        specification=spec,
        table=TableBehind(
            (_("Day"), *names),
            tuple((date_text(p.day), p.a, p.b, p.c, p.d) for p in points),
        ),
        keys=tuple(Key(f"tier-{letter}", name) for letter, name in zip("abcd", names, strict=True)),
    )


def _trend_rows(points: Sequence[TrendPoint], flags: Sequence[Break]) -> list[dict[str, object]]:
    return [
        {
            "day": point.day.isoformat(),
            "n": point.value,
            "low": point.value if point.low is None else point.low,
            "high": point.value if point.high is None else point.high,
            "part": sum(flag.day <= point.day for flag in flags),
        }
        for point in points
    ]


def _band() -> dict[str, object]:
    return {
        "mark": {"type": "area", "color": COLOURS["band"]},
        "encoding": {
            "y": {"field": "low", "type": "quantitative"},
            "y2": {"field": "high"},
            "detail": {"field": "part", "type": "nominal"},
        },
    }


def _line() -> dict[str, object]:
    return {
        "mark": {"type": "line", "color": COLOURS["series-1"], "strokeWidth": 2.5},
        "encoding": {
            "y": {"field": "n", "type": "quantitative"},
            "detail": {"field": "part", "type": "nominal"},
        },
    }


def _flags(flags: Sequence[Break]) -> list[dict[str, object]]:
    if not flags:
        return []
    rule = {
        "data": {"values": [{"day": flag.day.isoformat()} for flag in flags]},
        "mark": {"type": "rule", "color": COLOURS["ember"], "strokeDash": [4, 3], "size": 1.5},
        "encoding": {},
    }
    return [rule]


def _across(days: Sequence[date]) -> dict[str, object]:
    return {
        "field": "day",
        "type": "temporal",
        "scale": {"type": "utc", "reverse": get_language_bidi()},
        "axis": {"title": None, **_ticks(days)},
    }


def _side_by_side(days: Sequence[date]) -> dict[str, object]:
    every = -(-len(days) // (2 * _TICKS))
    return {
        "field": "label",
        "type": "ordinal",
        "sort": {"field": "day"},
        "scale": {"reverse": get_language_bidi(), "paddingInner": 0.3, "paddingOuter": 0.2},
        "axis": {
            "title": None,
            "labelAngle": 0,
            "values": [_short_label(day, yearly=_yearly(days)) for day in days[::every]],
        },
    }


def _short_label(day: date, *, yearly: bool) -> str:
    return str(day.year) if yearly else day.isoformat()


def _frame(
    across: dict[str, object], layers: list[dict[str, object]], label: str
) -> dict[str, object]:
    rtl = get_language_bidi()
    up_axis = {
        "title": label,
        "titleAngle": 0,
        "titleAlign": "right" if rtl else "left",
        "titleAnchor": "end",
        "titleY": -10,
        "titleX": 0,
        "orient": "right" if rtl else "left",
        "tickCount": 5,
        "format": ",d",
        "tickMinStep": 1,
    }
    for layer in layers:
        encoding = layer["encoding"]
        if isinstance(encoding, dict):
            encoding["x"] = across
            if "y" in encoding:
                encoding["y"] = encoding["y"] | {"axis": up_axis, "scale": {"zero": True}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 680,
        "height": 260,
        "padding": {"top": 14, "bottom": 4, "left": 4, "right": 16},
        "layer": layers,
        "config": theme(),
    }


def _yearly(days: Sequence[date]) -> bool:
    """Tell whether every day is the same day of its year, such as 31 December."""
    return len({(day.month, day.day) for day in days}) == 1


def _ticks(days: Sequence[date]) -> dict[str, object]:
    if not days:
        return {}
    first, last = min(days), max(days)
    if _yearly(days):
        shown = sorted(set(days))[:: -(-len(set(days)) // _TICKS)]
        return {"format": "%Y", "values": [day.isoformat() for day in shown]}
    if last.year - first.year < _SHORT_YEARS:
        return {"format": "%b %Y", "tickCount": 6, "labelOverlap": True}
    step = -(-(last.year - first.year + 1) // _TICKS)
    start = first.year + (first.month > 1 or first.day > 1)
    start += -start % step
    years = range(start, last.year + 1, step)
    return {"format": "%Y", "values": [f"{year}-01-01" for year in years], "labelOverlap": True}
