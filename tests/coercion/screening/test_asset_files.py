"""Files of assets: their rows, and what their owners hold, by the rules of files of stakes."""

from __future__ import annotations

from datetime import date

import pytest

from undaunted.coercion.screening.readers import FileRefused
from undaunted.coercion.screening.readers.assets import read_assets
from undaunted.engines.ownership import WHOLE

__all__: list[str] = []

HEAD = b"reference,name,country,sector,capacity,unit,source,owner,share\n"


def test_what_owners_of_a_file_hold_is_held_against_the_rules_of_stakes() -> None:
    """As in a file of stakes: nothing is shifted, and nothing in doubt is sure."""
    rows = (
        b'A,A,XF,ports,1,x,s,O,"51,0 %"\nA,A,XF,ports,1,x,s,P,60 %\n'
        b"B,Port, big,XF,ports,1,x,s,P,20 %\nC,C,XF\nD,D,XF,ports,1,x,s,Unknown,60 %\n"
        b"E,E,XF,ports,1,x,s,E,\n,,,,,,,,\nG,G,XF,ports,1,x,s,O,30 %\nG,G,XF,ports,1,x,s,O,30 %\n"
        b"H,H,XF,ports,1,x,s,O,3"
    )
    found = read_assets("assets.csv", HEAD + rows)
    said = "\n".join(found.notes)
    for part in (
        "row 2: a share is written as text",
        "rows 2, 3: the stakes in one company add up to more",
        "row 4: a row has fewer or more fields than the header (10 in place of 9 fields)",
        "row 5: a row has fewer or more fields than the header (3 in place of 9 fields)",
        "row 6: no owner is named (Unknown)",
        "row 7: no share is stated",
        "row 7: a company holds its own shares",
        "row 11: the last row has no end of line",
        "row 11: no share is stated",
        "row 10: a row says the same as an earlier one (row 9)",
    ):
        assert part in said
    assert (found.rows, sorted(found.assets)) == (9, ["A", "D", "E", "G", "H"])
    percent = WHOLE // 100
    assert [(each.owner, each.lowest, each.highest) for each in found.holdings] == [
        ("O", 51 * percent, 51 * percent), ("P", 60 * percent, 60 * percent),
        ("unknown owner, assets.csv row 6", 60 * percent, 60 * percent), ("E", 0, WHOLE),
        ("O", 30 * percent, 30 * percent), ("O", 0, 30 * percent), ("O", 0, WHOLE),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (b"A,A,XF,ports,1,x,s,O,50 %\nB,B,XF,por", "row 3: the file ends in the middle of a row"),
        (b'A,A,XF,ports,1,x,s,O,"50', "row 2: the file ends in the middle of a row"),
        (b'A,"A"a,XF,ports,1,x,s,O,5 %\n', "row 2: a row has fewer or more fields"),
    ],
)
def test_a_file_of_assets_that_was_cut_is_refused(rows: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        read_assets("assets.csv", HEAD + rows)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b'reference,"na"me,country,sector\n', "row 1: a row has fewer or more fields"),
        (b'reference,name,country,"sector\n', "row 1: a quotation mark is opened and never closed"),
    ],
)
def test_heads_that_are_badly_quoted_are_refused(head: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        read_assets("assets.csv", head + b"A,A,XF,ports\n")


def test_a_row_is_not_passed_over_by_a_field_that_may_be_cut() -> None:
    head, rows = b"reference,name,country,sector,state\n", b"A,A,XF,ports,open\nB,B,XF,ports,op"
    found = read_assets("assets.csv", head + rows, "[only]\nstate = ['open']")
    assert (sorted(found.assets), found.passed) == (["A", "B"], {})
    assert "row 3: the last row has no end of line" in "\n".join(found.notes)
    other = "[only]\nsector = ['ports']"
    found = read_assets("assets.csv", head + b"A,A,XF,ports,open\nB,B,XF,gas,op", other)
    assert (sorted(found.assets), found.passed) == (["A"], {"sector gas": 1})


def test_a_mapping_with_a_number_of_too_many_figures_is_refused() -> None:
    with pytest.raises(FileRefused, match="mapping: is no mapping: Exceeds the limit"):
        read_assets("assets.csv", HEAD, f"x = {'9' * 5000}")


def test_days_of_assets_hold_nothing_beside() -> None:
    head = b"reference,name,country,sector,valid_from,source\n"
    found = read_assets("assets.csv", head + b"A,A,XF,ports,2026-06-01 and then,s\n")
    assert found.notes == (
        'row 2, valid_from "2026-06-01 and then": is no day; write it as 2026-11-30',
    )
    found = read_assets("assets.csv", head + b"A,A,XF,ports,2026-06-01T10:00:00Z,s\n")
    assert found.assets["A"].valid_from == date(2026, 6, 1)
