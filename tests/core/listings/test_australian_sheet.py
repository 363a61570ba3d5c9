"""The Australian sheet tells of its aliases, and of days, in more than one way."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from tests.core.listings.factories import read
from undaunted.core.listings.rules import Birth

if TYPE_CHECKING:
    from pathlib import Path

HEAD = (
    "Reference", "Name of Individual or Entity", "Type", "Name Type", "Date of Birth",
    "Place of Birth", "Citizenship", "Address", "Listing Information", "Committees", "Control Date",
)  # fmt: skip


def _sheet(folder: Path, *rows: tuple[str, ...]) -> Path:
    file = folder / "au.csv"
    with file.open("w", encoding="utf-8", newline="") as held:
        csv.writer(held).writerows((HEAD, *rows))
    return file


def test_alias_tells_births_places_and_states_of_its_own(tmp_path: Path) -> None:
    who = ("Individual", "aka", "1961", "Karsk", "Ruritania", "Zenda", "", "Thematic", "")
    file = _sheet(
        tmp_path,
        ("101a", "Vitya", *who),
        ("101", "Viktor STROVIK", "Individual", "Primary Name", *who[2:]),
        ("101b", "V. Korl", "individual", "aka", "4 Mar. 1962", "Szohod", "Syldavia", "Klow",
         "", "", ""),
    )  # fmt: skip
    (strovik,), told = read("au-dfat", file)
    assert strovik.births == (
        Birth("1961", "Karsk", text="1961"),
        Birth("1962-03-04", "Szohod", text="4 Mar. 1962"),
    )
    assert len(strovik.nationalities) == 2
    assert [each.text for each in strovik.addresses] == ["Zenda", "Klow"]
    assert not told.faults


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Listed by UN (1267 Committee) on 6 July 2004, amended on 21 March 2012",
         [("designated", "2004-07-06"), ("amended", "2012-03-21")]),
        ("Listedon 11 Jan. 2001", [("designated", "2001-01-11")]),
        ("Listed by UN 1267 Committee 8 Mar. 2001", [("designated", "2001-03-08")]),
        ("Listed on: 5/08/2017", [("designated", "2017-08-05")]),
        ("10 Dec. 2008 (amended on 1 May 2019)",
         [("designated", "2008-12-10"), ("amended", "2019-05-01")]),
        ("Listed by a committee, amended on 3 May 2010",
         [("amended", "2010-05-03"), ("designated", "../2015-01-01")]),
        ("Assets received on or after 23 May 2003 are none", [("designated", "../2015-01-01")]),
    ],
)  # fmt: skip
def test_day_of_listing_is_read_in_the_ways_in_which_it_is_written(
    tmp_path: Path, words: str, days: list[tuple[str, str]]
) -> None:
    row = ("101", "Norna", "Entity", "Primary Name", "", "", "", "", words, "", "2015-01-01")
    (norna,), _ = read("au-dfat", _sheet(tmp_path, row))
    assert [(each.kind.value, each.day) for each in norna.events] == days
