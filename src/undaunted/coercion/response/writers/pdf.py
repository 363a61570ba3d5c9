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

__all__ = ["pages_of", "write_brief_pdf"]

Values = dict[str, Any]


def write_brief_pdf(brief: Brief, *, moment: int, folders: Iterable[Path] = FOLDERS) -> bytes:
    """Give the PDF; runs in the brief's language. `moment` is its date, in seconds (UTC)."""
    done = typeset(
        files(__package__).joinpath("brief.typ").read_bytes(),
        _values(brief),
        title=brief.document.title,
        language=brief.document.language,
        media="pdf",
        moment=moment,
        folders=folders,
    )
    return done.pages[0]


def pages_of(content: bytes) -> int:
    """Count the pages of a PDF."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        return len(opened.pages)


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
    }
