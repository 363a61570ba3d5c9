"""Regimes of lists: what each imposes, by kind, with a source and the day on which it was read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.core.listings.factories import FILES, read
from undaunted.core.listings.rules import Measure, list_sources, regimes, told_by_regimes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("named", list(regimes()), ids=":".join)
def test_every_regime_has_a_source_and_a_day_and_is_marked(named: tuple[str, str]) -> None:
    held = regimes()[named]
    assert held.source in list_sources()
    assert held.page.startswith("http")
    assert date.fromisoformat(held.read)
    assert held.status == "unverified"
    assert held.resolutions
    assert not held.untold & (held.everybody | held.persons)


def test_people_alone_are_banned_from_entering() -> None:
    assert told_by_regimes("un-sc", "person", ["Sudan"]).implied == ("asset_freeze", "entry_ban")
    assert told_by_regimes("un-sc", "body", ["Sudan"]).implied == ("asset_freeze",)


def test_of_several_regimes_all_hold_and_of_an_unknown_one_nothing_is_known() -> None:
    both = told_by_regimes("un-sc", "person", ["GB", "Iraq"])
    assert both.implied == ("asset_freeze", "entry_ban")
    assert not both.leaves_open("arms")
    half = told_by_regimes("un-sc", "person", ["GB", "Libya"])
    assert half.implied == ("entry_ban",)
    assert half.leaves_open("asset_freeze")
    assert told_by_regimes("un-sc", "person", []).leaves_open("asset_freeze")
    assert told_by_regimes("cn-counter", "person", ["Iraq"]).leaves_open("asset_freeze")


def test_measure_that_one_regime_imposes_is_told_though_another_leaves_it_open() -> None:
    told = told_by_regimes("un-sc", "body", ["DPRK", "Taliban"])
    assert "arms" in told.implied
    assert not told.leaves_open("arms")


def test_comment_of_the_council_that_names_an_arms_embargo_alone_is_heard(tmp_path: Path) -> None:
    text = (FILES / "un.xml").read_text("utf-8")
    start, end = text.index("<COMMENTS1>"), text.index("</COMMENTS1>")
    said = "<COMMENTS1>Subject to paragraph 14 of resolution 2216 (2015) (targeted arms embargo)."
    other = tmp_path / "un.xml"
    other.write_text(text[:start] + said + text[end:], "utf-8")
    entries, _ = read("un-sc", other)
    assert [(e.kind, e.stated) for e in entries[0].measures] == [(Measure.ARMS, True)]
