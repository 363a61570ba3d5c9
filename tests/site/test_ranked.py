"""Ranked rows are words and bars of the page itself; no process draws them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.site.pages_of_html import elements
from undaunted.site.charts.bars import Bar
from undaunted.site.charts.figure import Key, TableBehind
from undaunted.site.charts.ranked import Ranked, RankedRow, ranked

if TYPE_CHECKING:
    import pytest

__all__: list[str] = []


def widths(page: str) -> list[str]:
    return [given["width"] for tag, given in elements(page) if tag == "svg" and "width" in given]


def test_bars_are_as_long_as_their_values_and_need_no_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent")
    items = [Bar("Germany <b>", 0.5, "50%"), Bar("China", 0.125, "12.5%"), Bar("None", 0.0, "0%")]
    page = ranked(items, title="t", description="d", headings=("Country", "Part")).html("f")
    assert widths(page) == ["100%", "25%", "0%"]
    assert "Germany &lt;b&gt;" in page
    assert "<details><summary>" in page
    assert '<td class="number">12.5%</td>' in page
    assert not [given for _tag, given in elements(page) if "style" in given]


def test_two_values_a_row_say_whose_they_are() -> None:
    row = RankedRow("Poland", ((0.2, "20%"), (float("inf"), "-")))
    keys = (Key("series-1", "Lithuania"), Key("series-2", "Estonia"))
    page = Ranked("t", "d", (row,), TableBehind(("a",), ()), keys).html("f")
    assert widths(page) == ["100%", "0%"]
    assert '<span class="visually-hidden">Lithuania: </span>20%' in page
    assert "var(--series-2)" in page


def test_nothing_to_rank_opens_the_table() -> None:
    page = Ranked("t", "d", (), TableBehind(("a",), ())).html("f")
    assert "<details open>" in page
