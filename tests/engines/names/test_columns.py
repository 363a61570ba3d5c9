"""Headings of tables: usual spellings are read and told, and no column is lost in silence."""

from __future__ import annotations

import pandas as pd
import pytest

from undaunted.engines.names import (
    COLUMNS,
    Facts,
    TableMalformed,
    build_index,
    column_of,
    entries_of,
    screen,
)

__all__: list[str] = []


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        *((column, column) for column in COLUMNS),
        (" Name ", "name"),
        ("Full name", "name"),
        ("birth_date", "birth"),
        ("Date of Birth", "birth"),
        ("date_of_birth", "birth"),
        ("D.O.B.", "birth"),
        ("born", "birth"),
        ("Country", "nationality"),
        ("citizenship", "nationality"),
        ("SEX", "gender"),
        ("ref", "id"),
        ("names", ""),
        ("address", ""),
        ("name;birth", ""),
        ("place_of_birth", ""),
        (7, ""),
    ],
)
def test_usual_headings_mean_a_column(heading: object, column: str) -> None:
    assert column_of(heading) == column


def test_columns_called_otherwise_are_read_and_told_and_all_others_are_told_as_not_read() -> None:
    asked = entries_of(
        {
            "Name": ["Zarina Velgant"],
            "date_of_birth": ["1951"],
            "Country": ["xr"],
            "sex": ["F"],
            "address": ["nowhere"],
        }
    )
    assert asked.entries[0].facts == Facts(("1951",), frozenset({"XR"}), "female")
    assert asked.flagged == ()
    *read, left = asked.notes
    assert read == [
        "column `date_of_birth` is read as `birth`",
        "column `Country` is read as `nationality`",
        "column `sex` is read as `gender`",
    ]
    assert left == (
        "not read: `address`; what is read is called name, id, kind, birth, nationality, gender, "
        "identifiers"
    )
    listed = entries_of({"name": ["Zarina Velgant"], "birth": ["1976"]})
    assert listed.notes == ()
    (hit,) = screen(asked.entries, build_index(listed.entries), threshold=0.3).hits
    assert hit.score < 1
    assert "other-birth" in str(hit.comparison.reasons)


def test_of_many_columns_that_are_not_read_some_are_named_and_the_others_counted() -> None:
    table = {"name": ["Ada Roth"], **{f"c{number}": ["1"] for number in range(25)}}
    (note,) = entries_of(table).notes
    assert "`c19` and 5 more; what is read" in note


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (["name", "birth", "dob"], "`birth` and `dob` both mean `birth`"),
        (["name", "country", "citizenship"], "`country` and `citizenship` both mean"),
        (["name", "Name"], "`name` and `Name` both mean `name`"),
        (["name", "name"], "`name` and `name` both mean `name`"),
    ],
)
def test_two_columns_that_are_one_are_refused(headings: list[str], words: str) -> None:
    with pytest.raises(TableMalformed, match=words):
        entries_of(pd.DataFrame([["Ada Roth"] * len(headings)], columns=headings))


def test_a_table_of_halves_of_names_is_refused_and_one_of_whole_names_is_not() -> None:
    halves = {"name": ["Zarina", "Otto"], "Family name": ["", "Velgant"]}
    with pytest.raises(TableMalformed, match="`Family name` holds a part of the name"):
        entries_of(halves)
    whole = {"name": ["Zarina", "VELGANT, Otto"], "Family name": ["", "Velgant"]}
    asked = entries_of(whole)
    assert [each.name for each in asked.entries] == whole["name"]
    assert "not read: `Family name`" in asked.notes[-1]
