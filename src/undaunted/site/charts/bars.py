"""Horizontal bars: one facet, longest words first to read, each bar with its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from undaunted.site.charts.figure import Chart, TableBehind
from undaunted.site.charts.theme import COLOURS, theme
from undaunted.site.components.numbers import number_text

__all__ = ["Bar", "bars"]


@dataclass(frozen=True)
class Bar:
    """One value of a facet, in the reader's words, and its count; a share brings its own text."""

    label: str
    value: float
    text: str = ""

    @property
    def written(self) -> str:
        """The value as the reader writes it."""
        return self.text or number_text(self.value)


def bars(
    items: Sequence[Bar],
    *,
    title: str,
    description: str,
    headings: tuple[str, str] | None = None,
    colour: str = "series-1",
) -> Chart:
    """Draw bars in the order given."""
    return Chart(
        title=title,
        description=description,
        specification=_specification(items, colour, rtl=get_language_bidi()),
        table=TableBehind(
            headings or (_("Group"), _("Persons")),
            tuple((item.label, item.text or item.value) for item in items),
        ),
    )


def _specification(items: Sequence[Bar], colour: str, *, rtl: bool) -> dict[str, object]:
    """Write the bars in the words of Vega-Lite."""
    rows = [
        {"row": at, "label": item.label, "n": item.value, "text": item.written}
        for at, item in enumerate(items)
    ]
    down = {
        "field": "label",
        "type": "nominal",
        "sort": {"field": "row", "order": "ascending"},
        "axis": {
            "title": None,
            "orient": "right" if rtl else "left",
            "labelColor": COLOURS["ink"],
            "labelFontSize": 12.5,
            "labelLimit": 260,
        },
        "scale": {"paddingInner": 0.35, "paddingOuter": 0.1},
    }
    along = {
        "field": "n",
        "type": "quantitative",
        "axis": None,
        "scale": {"zero": True, "reverse": rtl, "nice": False},
    }
    number = {
        "type": "text",
        "align": "right" if rtl else "left",
        "dx": -6 if rtl else 6,
        "fontSize": 12.5,
        "color": COLOURS["ink"],
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 520,
        "height": {"step": 27},
        "padding": {"top": 2, "bottom": 2, "left": 48 if rtl else 4, "right": 4 if rtl else 48},
        "data": {"values": rows},
        "encoding": {"x": along, "y": down},
        "layer": [
            {"mark": {"type": "bar", "color": COLOURS[colour]}},
            {"mark": number, "encoding": {"text": {"field": "text"}}},
        ],
        "config": theme(),
    }
