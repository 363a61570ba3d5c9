"""Growth with the number of stakes, as a picture: where it is linear, lines have one slope."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Grown", "picture"]


class Grown(NamedTuple):
    """What one question took over so many stakes, in milliseconds of processor."""

    question: str
    stakes: int
    milliseconds: float


def picture(grown: Iterable[Grown]) -> str:
    """Give the picture as SVG, both axes logarithms; a dotted line grows in step with the first."""
    rows: list[dict[str, Any]] = [
        {"stakes": each.stakes / 1e6, "ms": each.milliseconds, "name": each.question}
        for each in grown
    ]
    begun = {row["name"]: row for row in reversed(rows)}
    in_step = [
        {"stakes": row["stakes"], "ms": first["ms"] * row["stakes"] / first["stakes"],
         "name": row["name"]}
        for row in rows if (first := begun[row["name"]])
    ]  # fmt: skip
    axis = {"type": "quantitative", "scale": {"type": "log", "nice": False, "padding": 12}}
    named: dict[str, Any] = {"field": "name", "type": "nominal", "title": None}
    named |= {"legend": {"orient": "top", "labelLimit": 260}}
    encoding = {
        "x": axis | {"field": "stakes", "title": "stakes, millions"},
        "y": axis | {"field": "ms", "title": "ms of processor"},
        "color": named,
    }
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json", "width": 520, "height": 280,
        "layer": [
            {"data": {"values": rows}, "mark": {"type": "line", "point": {"size": 60}},
             "encoding": encoding | {"shape": named | {"legend": None}}},
            {"data": {"values": in_step}, "mark": {"type": "line", "strokeDash": [2, 4]},
             "encoding": encoding},
        ],
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "undaunted.site.charts.render"], input=json.dumps([chart]),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told: list[str] = json.loads(done.stdout)
    return told[0]
