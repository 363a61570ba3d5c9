"""A memo as tagged PDF (PDF/UA-1), and how many pages it takes."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pikepdf

from undaunted.core.editions.rules import Paragraph, breakable, laid_out
from undaunted.core.editions.writers import FOLDERS, typeset
from undaunted.core.editions.writers.setting import set_values

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from undaunted.core.editions.rules import Text
    from undaunted.prisoners.memo.rules import Chart, Memo

__all__ = ["pages_of", "write_memo_pdf"]

Values = dict[str, Any]


def write_memo_pdf(memo: Memo, *, moment: int, folders: Iterable[Path] = FOLDERS) -> bytes:
    """Give the PDF; runs in the memo's language. `moment` is its date, in seconds (UTC)."""
    done = typeset(
        files(__package__).joinpath("memo.typ").read_bytes(),
        _values(memo),
        title=memo.document.title,
        language=memo.document.language,
        media="pdf",
        moment=moment,
        folders=folders,
    )
    return done.pages[0]


def pages_of(content: bytes) -> int:
    """Count the pages of a PDF."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        return len(opened.pages)


def _values(memo: Memo) -> Values:
    titles = {head.key: head.title for head in laid_out(memo.document).headings()}
    told = set_values(memo.document, {}, mark="")
    for item in told["items"]:
        if item["t"] == "heading":
            item["title"] = titles[item["key"]]
    told |= {
        "kicker": memo.kicker,
        "marking": memo.marking,
        "restricted": memo.restricted,
        "heads": [(breakable(label), breakable(told)) for label, told in memo.heads],
        "stats": [{"value": each.value, "label": _text(each.label, memo)} for each in memo.stats],
        "chart": _chart(memo.chart, _text(memo.chart.title, memo)) if memo.chart else None,
        "left_out": memo.left_out,
    }
    seen: dict[str, int] = {}
    for part in ("stats", "chart", "items"):
        _number_notes(told[part], seen)
    return told


def _text(text: Text, memo: Memo) -> list[Values]:
    """Give the pieces of a text that stands outside the document, set as those inside it."""
    alone = replace(memo.document, blocks=(Paragraph(text),))
    (item,) = set_values(alone, {}, mark="")["items"]
    pieces: list[Values] = item["text"]
    return pieces


def _chart(chart: Chart, title: list[Values]) -> Values:
    return {
        "title": title,
        "alternative": chart.alternative,
        "bars": [
            {"label": each.label, "value": each.value, "text": each.text, "gap": each.break_before}
            for each in chart.bars
        ],
    }


def _number_notes(value: Any, seen: dict[str, int]) -> None:  # noqa: ANN401 - whatever JSON holds
    """Let a note that was told before be told by its number."""
    if isinstance(value, list):
        for each in value:
            _number_notes(each, seen)
        return
    if not isinstance(value, dict):
        return
    if value.get("t") == "note":
        words = json.dumps(value["body"], sort_keys=True)
        again = words in seen
        value["id"] = seen.setdefault(words, len(seen) + 1)
        value["t"] = "again" if again else "note"
        return
    for each in value.values():
        _number_notes(each, seen)
