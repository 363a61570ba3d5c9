"""A brief as tagged PDF (PDF/UA-1), and how many pages it takes."""

from __future__ import annotations

import io
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pikepdf

from undaunted.core.editions.rules import breakable, laid_out
from undaunted.core.editions.writers import FOLDERS, typeset
from undaunted.core.editions.writers.setting import set_values

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from undaunted.coercion.response.writers.sheet import Brief, Curve

__all__ = ["pages_of", "picture_of_front", "write_brief_pdf"]

Values = dict[str, Any]
SIZES = (1.08, 1.0, 0.93, 0.86, 0.8)
"""Of letters, against 8.6 points; the first with which a brief takes two pages is taken."""
PAGES = 2
HIGH = 3.4
"""Of the curve, in centimetres."""
SHARPNESS = 220.0


def write_brief_pdf(brief: Brief, *, moment: int, folders: Iterable[Path] = FOLDERS) -> bytes:
    """Give the PDF; runs in the brief's language. `moment` is its date, in seconds (UTC).

    Letters are as large as two pages allow; a brief that is longer still runs on.
    """
    values, made = _values(brief), b""
    for size in SIZES:
        made = typeset(
            _look("brief.typ"),
            values | {"size": size},
            title=brief.document.title,
            language=brief.document.language,
            media="pdf",
            moment=moment,
            folders=folders,
        ).pages[0]
        if pages_of(made) <= PAGES:
            break
    return made


def picture_of_front(brief: Brief) -> bytes:
    """Give the curve alone as PNG, for a medium that cannot draw it; runs in its language."""
    values = _values(brief)
    told = {name: values[name] for name in ("curve", "direction", "lang", "region")}
    return typeset(
        _look("front.typ"),
        told,
        title=brief.document.title,
        language=brief.document.language,
        media="png",
        sharpness=SHARPNESS,
    ).pages[0]


def pages_of(content: bytes) -> int:
    """Count the pages of a PDF."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        return len(opened.pages)


def _look(name: str) -> bytes:
    here = files(__package__)
    return b"".join(here.joinpath(each).read_bytes() for each in ("curve.typ", name))


def _values(brief: Brief) -> Values:
    titles = {head.key: head.title for head in laid_out(brief.document).headings()}
    told = set_values(brief.document, {}, mark="")
    for item in told["items"]:
        if item["t"] == "heading":
            item["title"] = titles[item["key"]]
    return told | {
        "kicker": brief.kicker,
        "marking": brief.marking,
        "heads": [(breakable(label), breakable(words)) for label, words in brief.heads],
        "figures": [{"value": each.value, "label": each.label} for each in brief.figures],
        "curve": _curve(brief.curve),
    }


def _curve(curve: Curve) -> Values:
    """Give points as parts of the frame, both axes told by their ends."""
    every = [*curve.points, curve.chosen]
    left, right = min(cost for cost, _ in every), max(cost for cost, _ in every)
    low, high = min(0.0, *(harm for _, harm in every)), max(harm for _, harm in every)

    def placed(point: tuple[float, float]) -> tuple[float, float]:
        cost, harm = point
        return (cost - left) / (right - left or 1.0), (harm - low) / (high - low or 1.0)

    return {
        "title": curve.title,
        "alternative": curve.alternative,
        "across": curve.across,
        "upward": curve.upward,
        "points": [placed(each) for each in curve.points],
        "chosen": placed(curve.chosen),
        "ends": curve.ends,
        "high": HIGH,
    }
