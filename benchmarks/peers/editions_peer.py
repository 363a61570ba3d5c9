"""pandas, matplotlib and WeasyPrint: the numbers of an annual report, its charts and its pages."""

from __future__ import annotations

import html
import importlib
import io
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

__all__: list[str] = []

STYLE = """
@page { size: A4; margin: 22mm 20mm; @bottom-center { content: counter(page) } }
body { font: 10pt "Noto Sans", sans-serif } table { border-collapse: collapse; width: 100% }
th, td { border-bottom: .5pt solid #999; padding: 2pt 4pt; text-align: start }
td + td { text-align: end } figure { margin: 0 } .new { break-before: page } img { width: 100% }
caption { text-align: start; font-weight: bold } tr { break-inside: avoid }
"""
pandas: Any = importlib.import_module("pandas")
numpy: Any = importlib.import_module("numpy")


def _main(question: dict[str, Any]) -> dict[str, Any]:
    begin = time.perf_counter()
    told = _numbers(question)
    counted, used = time.perf_counter() - begin, _memory()
    begin = time.perf_counter()
    pages = _pages(json.loads(Path(question["document"]).read_text(encoding="utf-8")))
    return {
        "data": counted,
        "data memory": used,
        "pages": pages,
        "pages seconds": time.perf_counter() - begin,
        "memory": _memory(),
        "versions": {name: version(name) for name in ("pandas", "matplotlib", "weasyprint")},
        **told,
    }


def _numbers(question: dict[str, Any]) -> dict[str, Any]:
    """Count what the report counts, from tables in memory."""
    stored = numpy.load(question["file"])
    segments = pandas.DataFrame({name: stored[name] for name in stored.files if "_" not in name})
    roles = pandas.DataFrame({"at": stored["part_at"], "part": stored["part_of"]})
    sure = segments[segments["certain"] & segments["tier"].isin(["A", "B"])]
    ends = question["ends"]
    stock = {day: _held(sure, day).groupby("country").size().to_dict() for day in ends}
    _facets(segments, roles, ends[-2:])
    since, until = ends[-2:]
    _crossings(sure, since, until)
    lengths = _lengths(stored, until)
    return {"stock": {str(day): {k: int(n) for k, n in by.items()} for day, by in stock.items()},
            "median": lengths}  # fmt: skip


def _held(segments: Any, day: int) -> Any:  # noqa: ANN401 - pandas is not here to be named
    return segments[(segments["start"] <= day) & (segments["end"] > day)]


def _facets(segments: Any, roles: Any, days: list[int]) -> None:  # noqa: ANN401 - as above
    keys = ["tier", "verified", "certain"]
    wide = segments.loc[roles["at"]].reset_index(drop=True)
    wide["part"] = roles["part"].to_numpy()
    for day in days:
        held = _held(segments, day)
        held.groupby(["country", "gender", *keys]).size()
        held.groupby(["country", "birth"]).size()
        _held(wide, day).groupby(["country", "part", *keys]).size()


def _crossings(sure: Any, since: int, until: int) -> None:  # noqa: ANN401 - as above
    """Join segments of a case that touch, then count who came and who left, and how long it was."""
    ordered = sure.sort_values(["case", "start"])
    before = ordered.groupby("case")["end"].shift()
    ordered["run"] = (before != ordered["start"]).cumsum()
    runs = ordered.groupby(["case", "country", "run"]).agg({"start": "min", "end": "max"})
    runs = runs.reset_index()
    came = runs[(runs["start"] > since) & (runs["start"] <= until)]
    left = runs[(runs["end"] > since) & (runs["end"] <= until)]
    came.groupby("country").size()
    stayed = pandas.cut(left["end"] - left["start"], [0, 180, 365, 1095, 1825, 3650, 10**6])
    left.groupby(["country", stayed], observed=False).size()


def _lengths(stored: Any, until: int) -> dict[str, float]:  # noqa: ANN401 - as above
    """Give the median of Kaplan and Meier in each country, by the longest lengths."""
    spells = pandas.DataFrame(
        {name: stored[f"spell_{name}"] for name in ("case", "country", "start", "end")}
    )
    spells = spells[spells["start"] < until]
    spells["days"] = numpy.minimum(spells["end"], until) - spells["start"]
    spells["held"] = spells["end"] > until
    people = spells.groupby("case").agg({"country": "first", "days": "sum", "held": "any"})
    told = {}
    for country, rows in people.groupby("country"):
        counts = rows.groupby("days")["held"].agg(["size", "sum"]).sort_index()
        risk = counts["size"][::-1].cumsum()[::-1]
        share = (1 - (counts["size"] - counts["sum"]) / risk).cumprod()
        below = share[share <= 0.5 + 1e-12]
        told[str(country)] = float(below.index[0]) if len(below) else -1.0
    return told


def _pages(items: list[dict[str, Any]]) -> int:
    weasyprint: Any = importlib.import_module("weasyprint")
    body = "".join(_html(item) for item in items)
    text = f"<html lang=en><head><style>{STYLE}</style></head><body>{body}</body></html>"
    document = weasyprint.HTML(string=text).render()
    document.write_pdf()
    return len(document.pages)


def _html(item: dict[str, Any]) -> str:
    if "heading" in item:
        level = min(item["level"], 6)
        new = " class=new" if item["new"] else ""
        return f"<h{level}{new}>{html.escape(item['heading'])}</h{level}>"
    if "paragraph" in item:
        return f"<p>{html.escape(item['paragraph'])}</p>"
    if "bullets" in item:
        points = "".join(f"<li>{html.escape(each)}</li>" for each in item["bullets"])
        return f"<ul>{points}</ul>"
    if "chart" in item:
        return f"<figure>{_drawn(item['chart'], item['caption'])}</figure>"
    head = "".join(f"<th>{html.escape(each)}</th>" for each in item["head"])
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
        for row in item["rows"]
    )
    caption = f"<caption>{html.escape(item['caption'])}</caption>"
    note = f"<p>{html.escape(item['note'])}</p>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead>{rows}</table>{note}"


def _drawn(chart: dict[str, Any], caption: str) -> str:
    figures: Any = importlib.import_module("matplotlib.figure")
    bars = not chart["line"]
    figure = figures.Figure(figsize=(6.4, 0.3 * len(chart["labels"]) + 0.8 if bars else 2.5))
    axes = figure.add_subplot()
    if bars:
        axes.barh(chart["labels"], chart["values"])
        axes.invert_yaxis()
    else:
        axes.plot([int(label) for label in chart["labels"]], chart["values"])
    axes.set_title(caption, fontsize=8)
    figure.tight_layout()
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg")
    return drawn.getvalue().partition("<svg")[1] + drawn.getvalue().partition("<svg")[2]


def _memory() -> float:
    """Give the most since this program began; `ru_maxrss` would tell of whoever started it too."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    print(json.dumps(_main(json.load(sys.stdin))))
