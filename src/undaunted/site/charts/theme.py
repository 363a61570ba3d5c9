"""The look of Vega-Lite charts, and the step that makes their SVG fit into a page.

A chart is drawn in the light palette; afterwards each of these colours becomes a custom property
of the page with the drawn colour as fallback, so one drawing serves light, dark and print.
"""

import re
from typing import Final

from babel.dates import get_month_names
from django.utils.html import escape

from undaunted.site.languages import current_locale

__all__ = ["COLOURS", "FONT", "embed", "theme"]

FONT: Final = "Liberation Sans"
"""Comes with the drawing engine's wheel, so text is measured alike on every machine."""

COLOURS: Final = {
    "ink": "#1b1a18",
    "ink-soft": "#56514a",
    "hairline": "#ddd6c9",
    "ember": "#9a5b00",
    "band": "#b9d3d8",
    "series-1": "#0b4f5e",
    "series-2": "#b0622a",
    "series-3": "#5c6f2e",
    "series-4": "#6b4c86",
    "tier-a": "#0b4f5f",
    "tier-b": "#4a8c99",
    "tier-c": "#c9a45c",
    "tier-d": "#a9a296",
}

_SIZE = re.compile(r'^<svg [^>]*?viewBox="([^"]+)"[^>]*>')
_ARIA = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_COLOUR = re.compile(r'"(#[0-9a-f]{6})"')
_OWN_ID = re.compile(r'(\bid="|url\(#|href="#)([^")]+)')
_NAMES = {value: name for name, value in COLOURS.items()}


def theme() -> dict[str, object]:
    """Give the `config` part of a specification in the reader's language."""
    axis = {
        "labelColor": COLOURS["ink-soft"],
        "labelFontSize": 12,
        "titleColor": COLOURS["ink-soft"],
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": COLOURS["hairline"],
        "domainColor": COLOURS["ink"],
        "tickColor": COLOURS["ink"],
        "labelPadding": 6,
    }
    return {
        "font": FONT,
        "background": None,
        "view": {"stroke": None},
        "axis": axis,
        "axisY": {"domain": False, "ticks": False},
        "axisX": {"grid": False},
        "locale": {"number": _number_locale(), "time": _time_locale()},
    }


def embed(svg: str, *, prefix: str, title: str, description: str) -> str:
    """Make a drawing part of a page: own ids, page colours, one name and one description."""
    match = _SIZE.match(svg)
    if match is None:
        return ""
    inner = _ARIA.sub("", svg[match.end() :])
    inner = _COLOUR.sub(_as_property, inner)
    inner = _OWN_ID.sub(lambda found: f"{found[1]}{prefix}-{found[2]}", inner)
    return (
        f'<svg viewBox="{match[1]}" class="wide" role="img" direction="ltr"'
        f' aria-labelledby="{prefix}-title {prefix}-desc">'
        f'<title id="{prefix}-title">{escape(title)}</title>'
        f'<desc id="{prefix}-desc">{escape(description)}</desc>{inner}'
    )


def _as_property(found: re.Match[str]) -> str:
    name = _NAMES.get(found[1])
    return f'"var(--{name}, {found[1]})"' if name else found[0]


def _number_locale() -> dict[str, object]:
    symbols = current_locale().number_symbols.get("latn", {})
    return {
        "decimal": symbols.get("decimal", "."),
        "thousands": symbols.get("group", ","),
        "grouping": [3],
        "currency": ["", ""],
    }


def _time_locale() -> dict[str, object]:
    locale = current_locale()
    long = [get_month_names("wide", "stand-alone", locale)[month] for month in range(1, 13)]
    short = [get_month_names("abbreviated", "stand-alone", locale)[month] for month in range(1, 13)]
    days = [str(day) for day in range(1, 8)]
    return {
        "dateTime": "%x, %X",
        "date": "%Y-%m-%d",
        "time": "%H:%M",
        "periods": ["AM", "PM"],
        "days": days,
        "shortDays": days,
        "months": long,
        "shortMonths": short,
    }
