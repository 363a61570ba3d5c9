"""Regimes of lists: what each imposes, by kind, with a source and the day on which it was read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.core.listings.factories import FILES, read
from undaunted.core.listings.rules import (
    Measure,
    list_sources,
    measures_held,
    regimes,
    told_by_regimes,
)

if TYPE_CHECKING:
    from pathlib import Path

ON = date(2026, 6, 1)
MAGNITSKY = next(each for source, each in regimes() if "JVCFOR" in each)


@pytest.mark.parametrize("named", list(regimes()), ids=":".join)
def test_every_regime_has_a_source_and_a_day_and_is_marked(named: tuple[str, str]) -> None:
    held = regimes()[named]
    assert held.source in list_sources()
    assert held.page.startswith("http")
    assert date.fromisoformat(held.read)
    assert held.status == "unverified"
    assert held.resolutions
    assert not held.untold & (held.everybody | held.persons)
    assert held.days.keys() == held.everybody | held.persons
    assert held.untold_in.keys() <= held.days.keys()
    assert held.days_page.startswith("http") or not held.days_page


def test_people_alone_are_banned_from_entering() -> None:
    assert told_by_regimes("un-sc", "person", ["Sudan"]).implied_on(ON) == (
        "asset_freeze",
        "entry_ban",
    )
    assert told_by_regimes("un-sc", "body", ["Sudan"]).implied_on(ON) == ("asset_freeze",)


def test_of_several_regimes_all_hold_and_of_an_unknown_one_nothing_is_known() -> None:
    both = told_by_regimes("un-sc", "person", ["GB", "Iraq"])
    assert both.implied_on(ON) == ("asset_freeze", "entry_ban")
    assert not both.leaves_open("arms", ON)
    half = told_by_regimes("un-sc", "person", ["GB", "Libya"])
    assert half.implied_on(ON) == ("entry_ban",)
    assert half.leaves_open("asset_freeze", ON)
    assert told_by_regimes("un-sc", "person", []).leaves_open("asset_freeze", ON)
    assert told_by_regimes("cn-counter", "person", ["Iraq"]).leaves_open("asset_freeze", ON)


def test_measure_that_one_regime_imposes_is_told_though_another_leaves_it_open() -> None:
    told = told_by_regimes("un-sc", "body", ["DPRK", "Taliban"])
    assert "arms" in told.implied_on(ON)
    assert not told.leaves_open("arms", ON)


def test_comment_of_the_council_that_names_an_arms_embargo_alone_is_heard(tmp_path: Path) -> None:
    text = (FILES / "un.xml").read_text("utf-8")
    start, end = text.index("<COMMENTS1>"), text.index("</COMMENTS1>")
    said = "<COMMENTS1>Subject to paragraph 14 of resolution 2216 (2015) (targeted arms embargo)."
    other = tmp_path / "un.xml"
    other.write_text(text[:start] + said + text[end:], "utf-8")
    entries, _ = read("un-sc", other)
    assert [(e.kind, e.stated) for e in entries[0].measures] == [(Measure.ARMS, True)]


@pytest.mark.parametrize(
    ("source", "programme", "day", "imposed", "left_open"),
    [
        ("un-sc", "Taliban", "1999-10-14", (), False),
        ("un-sc", "Taliban", "2001-02-01", ("asset_freeze",), False),
        ("un-sc", "Taliban", "2002-01-16", ("asset_freeze", "entry_ban", "arms"), False),
        ("un-sc", "Yemen", "2015-04-13", ("asset_freeze", "entry_ban"), False),
        ("un-sc", "Iran", "2016-01-16", ("asset_freeze",), True),
        ("un-sc", "Iran", "2020-01-01", (), True),
        ("un-sc", "Iran", "2025-09-28", ("asset_freeze",), True),
        ("ca-sema", MAGNITSKY, "2017-10-17", (), False),
        ("ca-sema", MAGNITSKY, "2017-10-18", ("entry_ban",), False),
        ("ca-sema", "Belarus / Bélarus", "2017-10-17", (), False),
        ("ca-sema", "Belarus / Bélarus", "2022-05-01", (), True),
        ("ca-sema", "Belarus / Bélarus", "2023-06-22", ("entry_ban",), False),
    ],
)
def test_an_old_day_reads_what_was_in_force_then(
    source: str, programme: str, day: str, imposed: tuple[str, ...], *, left_open: bool
) -> None:
    told = told_by_regimes(source, "person", [programme])
    assert told.implied_on(date.fromisoformat(day)) == imposed
    assert told.leaves_open("entry_ban", date.fromisoformat(day)) is left_open


@pytest.mark.parametrize(
    ("day", "open_"),
    [("2016-01-16", False), ("2016-01-17", True), ("2023-10-18", True), ("2023-10-19", False)],
)
def test_whose_assets_the_list_of_resolution_2231_kept_frozen_is_not_told(
    day: str, *, open_: bool
) -> None:
    told = told_by_regimes("un-sc", "body", ["Iran"])
    assert told.leaves_open("asset_freeze", date.fromisoformat(day)) is open_


def test_days_are_read_at_no_mirror_of_an_encyclopaedia() -> None:
    assert [each.days_page for each in regimes().values() if "wiki" in each.days_page] == []


def test_a_measure_began_with_its_stretch_of_days() -> None:
    told = told_by_regimes("un-sc", "person", ["Iran"])
    assert told.began("asset_freeze", date(2010, 1, 1)) == date(2006, 12, 23)
    assert told.began("asset_freeze", ON) == date(2025, 9, 28)
    assert told.began("asset_freeze", date(2020, 1, 1)) is None
    assert told.began("entry_ban", ON) is None


@pytest.mark.parametrize("programmes", [["Taliban", "Al-Qaida"], ["Al-Qaida", "Taliban"]])
def test_a_measure_of_two_regimes_began_with_the_earlier_in_whatever_order(
    programmes: list[str],
) -> None:
    told = told_by_regimes("un-sc", "person", programmes)
    assert told.began("asset_freeze", ON) == date(1999, 10, 15)
    assert told.began("asset_freeze", date(1999, 10, 14)) is None


def test_a_list_holds_what_its_regimes_impose_beside_what_it_imposes_itself() -> None:
    assert measures_held("ca-sema") == {Measure.ASSET_FREEZE, Measure.ENTRY_BAN}
    assert measures_held("us-ofac-sdn") == {Measure.ASSET_FREEZE}
    assert not measures_held("un-sc"), "whose entries may hold any"
