"""What means nothing in Python is refused or flagged, and never taken for nobody."""

from __future__ import annotations

import pytest

from undaunted.engines.names import (
    Entry,
    NameRefused,
    SearchMalformed,
    TableMalformed,
    build_index,
    entries_of,
    screen,
    search,
)

__all__: list[str] = []


def test_what_means_nothing_in_python_is_refused_or_flagged_and_never_finds_nobody() -> None:
    index = build_index(["Zarina Velgant", None, 5.5])  # type: ignore[list-item]
    assert [(each.row, "leave gaps out" in each.why) for each in index.flagged] == [
        (2, True),
        (3, True),
    ]
    for wrong in (float("nan"), 1.5, -0.1, "0.7", None):
        with pytest.raises(SearchMalformed, match="from 0 to 1"):
            search("Zarina Velgant", index, threshold=wrong)  # type: ignore[arg-type]
    for wrong in (-1, 2.5, None):
        with pytest.raises(SearchMalformed, match="0 or more"):
            search("Zarina Velgant", index, most=wrong)  # type: ignore[arg-type]
    assert search("Zarina Velgant", index, most=0) == []
    for nobody in (None, Entry(None)):  # type: ignore[arg-type]
        with pytest.raises(NameRefused, match="leave gaps out"):
            search(nobody, index)  # type: ignore[arg-type]


def test_texts_and_a_table_that_was_read_are_screened_as_they_are() -> None:
    index = build_index(["Zarina Velgant"])
    found = screen(["Ada Roth", "Zarina Velgant", None], index)  # type: ignore[list-item]
    assert [hit.asked.row for hit in found.hits] == [2]
    assert [each.row for each in found.flagged] == [3]
    read = entries_of({"name": ["Zarina Velgant"], "birth": ["never"]})
    assert [each.row for each in screen(read, index).flagged] == [1]
    with pytest.raises(TableMalformed, match="Entry"):
        screen([("Zarina", "Velgant")], index)  # type: ignore[list-item]


def test_rows_are_no_columns() -> None:
    with pytest.raises(TableMalformed, match="list of values"):
        entries_of({"name": "Zarina Velgant"})
    for rows in ([{"name": "Zarina"}], "Zarina", None, [["Zarina"]]):
        with pytest.raises(TableMalformed, match="a column by its name"):
            entries_of(rows)
