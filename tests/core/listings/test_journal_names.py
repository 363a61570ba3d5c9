"""Names of the Official Journal: cells that hold several, and names that an amendment took away."""

# ruff: noqa: RUF001 - as the Journal writes them

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.listings.factories import FILES, read
from undaunted.core.listings.rules import Quality, named_apart

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.listings.rules import Entry

P, A, W, F = Quality.PRIMARY, Quality.ALIAS, Quality.WEAK, Quality.FORMER
JOURNAL = "consolidated/32024R0001.csv"


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Norna Heavy Works a.k.a. NORNA WORKS", [("Norna Heavy Works", A), ("NORNA WORKS", A)]),
        ("Norna Works alias Norna PTC", [("Norna Works", A), ("Norna PTC", A)]),
        ("Norna East; Norna West (NW)", [("Norna East", A), ("Norna West (NW)", A)]),
        ("Norna One, (b), Norna Two, (c) NU", [("Norna One", A), ("Norna Two", A), ("NU", A)]),
        ("(a) N. S. Co., (b) N. X. Co.", [("N. S. Co.", A), ("N. X. Co.", A)]),
        ("Norna Brigade (NB) , (g) (NB)", [("Norna Brigade (NB)", A), ("NB", A)]),
        ("f.k.a.: Norna Ministry", [("Norna Ministry", F)]),
        ("NORNA STAR (ex KARSK VIGOR)", [("NORNA STAR", A), ("KARSK VIGOR", F)]),
        ("Norna Part (formerly known as Karsk Part)", [("Norna Part", A), ("Karsk Part", F)]),
        ("Norna (formerly. NORNABANK)", [("Norna", A), ("NORNABANK", F)]),
        ("Norna (previously Bank of Karsk)", [("Norna", A), ("Bank of Karsk", F)]),
        ("Norna (formerly “Al-Karsk”)", [("Norna", A), ("Al-Karsk", F)]),
        ("Norna (formerly known as norna part)", [("Norna", A), ("norna part", F)]),
        ("‘Norna Design aka ND’", [("Norna Design", A), ("ND", A)]),
        ("Виктор НОРНА) (a.k.a. Viktor NORNA", [("Виктор НОРНА", A), ("Viktor NORNA", A)]),
    ],
)  # fmt: skip
def test_a_cell_is_parted_where_the_journal_says_so(
    written: str, parts: list[tuple[str, Quality]]
) -> None:
    assert list(named_apart(written, P)) == parts


@pytest.mark.parametrize(
    "written",
    [
        "Norna Zakariya, Viktor",
        "NORNA Ship Management (D) Ltd.",
        "Aliaksandr ALIASHKEVICH",
        "Norna Foundation (Karsk)",
        "Norna Works / Norna Union",
        "Viktor al-Norna (formerly listed as)",
        "Viktor Norna. Date of birth: (i) 11.4.1960, (ii) 11.4.1963",
        "Abu Norna (Abu Karsk; Abu Varga)",
        "Viktor Norna (ex president of Karsk)",
        "Viktor Norna (ex President of Karsk)",
        "Viktor Norna (previously Minister of Defence)",
        "Viktor Norna (formerly Deputy Defence Minister)",
        "Norna Works (formerly owned by Karsk Stroy)",
        "Norna Works (formerly of Karsk)",
        "Norna Works (formerly 1961)",
    ],
)
def test_other_signs_part_nothing(written: str) -> None:
    assert named_apart(written, P) == ()


def test_a_single_word_is_a_weak_name_of_a_person_and_letters_part_names() -> None:
    told = named_apart("Samir NORNA a.k.a. ‘Samo’ سامر نورنا", P, person=True)
    assert told == (("Samir NORNA", A), ("Samo", W), ("سامر نورنا", A))
    assert named_apart("Viktor Norna; Vitya", F, person=True)[0] == ("Viktor Norna", F)


def _one(tmp_path: Path, *names: str) -> Entry:
    """Give the first entry of the invented Journal under other names, amended in their order."""
    folder = tmp_path / "journal"
    for place in ("consolidated", "amendments"):
        (folder / place).mkdir(parents=True)
    text = (FILES / "journal" / JOURNAL).read_text("utf-8")
    (folder / JOURNAL).write_text(text.replace("Viktor STROVIK", names[0]), encoding="utf-8")
    for at, name in enumerate(names[1:]):
        text = (FILES / "journal/amendments/32026R0009.csv").read_text("utf-8")
        text = text.replace("Viktor A. STROVIK", name).replace("32026R0009", f"3202{at}R0009")
        (folder / f"amendments/3202{at}R0009.csv").write_text(text, encoding="utf-8")
    held = {each.key: each for each in read("eu-journal", folder)[0]}
    return held["32024R0001:I:Person:1"]


def test_untouched_cell_stays_the_name_and_its_parts_come_beside_it(tmp_path: Path) -> None:
    entry = _one(tmp_path, "Viktor NORNA a.k.a. Viktar NARNA")
    assert entry.name == "Viktor NORNA a.k.a. Viktar NARNA"
    found = {each.text: each.quality for each in entry.names}
    assert (found["Viktor NORNA"], found["Viktar NARNA"]) == (A, A)


def test_names_that_amendments_took_away_stay_as_former_ones(tmp_path: Path) -> None:
    entry = _one(tmp_path, "Viktor NORNA", "Bohdan VARGA", "Bogdan VARGA")
    assert entry.name == "Bogdan VARGA"
    assert [each.text for each in entry.names if each.quality is F] == [
        "Bohdan VARGA",
        "Viktor NORNA",
    ]


def test_an_amendment_that_keeps_the_name_makes_no_former_one(tmp_path: Path) -> None:
    entry = _one(tmp_path, "Viktor NORNA", "VIKTOR NORNA")
    assert not [each for each in entry.names if each.quality is F]
