"""Birth dates of tables: what is plain counts, what can be two days counts as both and is told."""

from __future__ import annotations

import pytest

from undaunted.engines.names import (
    Facts,
    FactsMalformed,
    Verdict,
    build_index,
    entries_of,
    screen,
)
from undaunted.engines.names.known.births import birth_of
from undaunted.engines.names.known.facts import weighed

__all__: list[str] = []

FIFTH = "1976-10-05"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1976", "1976"),
        ("1976-10", "1976-10"),
        (FIFTH, FIFTH),
        ("1976-00-00", "1976"),
        ("1976-10-00", "1976-10"),
        ("1976-10-5", FIFTH),
        ("1976/10/05", FIFTH),
        ("1976.10.05", FIFTH),
        ("05.10.1976", FIFTH),
        ("5.10.1976", FIFTH),
        ("25/10/1976", "1976-10-25"),
        ("10/25/1976", "1976-10-25"),
        ("25-10-1976", "1976-10-25"),
        ("05.25.1976", "1976-05-25"),
        ("05/05/1976", "1976-05-05"),
        ("dd/mm/1976", "1976"),
        ("DD.MM.1976", "1976"),
        ("mm/05/1976", "1976"),
        ("00/00/1976", "1976"),
        ("10/00/1976", "1976"),
        ("00/10/1976", "1976-10"),
        ("dd.10.1976", "1976-10"),
        ("10/1976", "1976-10"),
        ("mm/1976", "1976"),
        ("5 Oct 1976", FIFTH),
        ("5. October 1976", FIFTH),
        ("5th october, 1976", FIFTH),
        ("05-OCT-1976", FIFTH),
        ("Oct 1976", "1976-10"),
        ("October 5, 1976", FIFTH),
        ("Sept. 5th, 1976", "1976-09-05"),
        ("1976-10-05T00:00:00", FIFTH),
        ("1976-10-05T13:45:10.123Z", FIFTH),
        ("1976-10-05 00:00:00+03:00", FIFTH),
        ("05.10.1976 00:00", FIFTH),
        ("10/25/1976 12:00:00 AM", "1976-10-25"),
        (" 5\xa0Oct  1976 ", FIFTH),
    ],
)
def test_a_plain_day_is_read_however_it_is_written(written: str, read: str) -> None:
    birth = birth_of(written)
    assert birth.days == (read,)
    assert birth.doubt == ""


@pytest.mark.parametrize("written", ["05/10/1976", "5-10-1976", "05/10/1976 00:00:00"])
def test_a_day_and_month_that_may_stand_either_way_count_both_and_are_told(written: str) -> None:
    birth = birth_of(written)
    assert birth.days == (FIFTH, "1976-05-10")
    assert "may be 1976-10-05 or 1976-05-10, and counts as both" in birth.doubt
    either = Facts(born=birth.days)
    for day, verdict in (
        (FIFTH, Verdict.SAME_BIRTH),
        ("1976-05-10", Verdict.SAME_BIRTH),
        ("1976-02-20", Verdict.OTHER_BIRTH),
        ("1961", Verdict.OTHER_BIRTH),
    ):
        assert weighed(0.8, either, Facts(born=(day,)))[1] == (verdict,)


@pytest.mark.parametrize("written", ["28038", "28038.0", "28038.5"])
def test_a_number_of_a_spreadsheet_is_its_day_and_told(written: str) -> None:
    birth = birth_of(written)
    assert birth.days == (FIFTH,)
    assert "as a spreadsheet counts days: 1976-10-05" in birth.doubt


@pytest.mark.parametrize(
    "written",
    [
        "",
        "never",
        "5 Okt 1976",
        "Okt 5, 1976",
        "5/10/76",
        "32.10.1976",
        "13/13/1976",
        "99/99/1976",
        "1976-13-01",
        "1976-10/05",
        "9999",
        "05.10.2519",
        "1076",
        "1076-10-05",
        "0076",
        "1838",
        "09999",
        "60001",
        "280380",
        "1971.5",
    ],
)
def test_what_is_no_birth_date_is_refused(written: str) -> None:
    with pytest.raises(FactsMalformed):
        birth_of(written)


def test_a_birth_that_is_written_otherwise_still_tells_namesakes_apart() -> None:
    listed = entries_of({"name": ["Zarina Velgant"], "birth": [FIFTH]}).entries
    births = ["3.4.1951", "3/4/1951", "3 Apr 1951", "1951-04-03T00:00:00", "18721", 18721]
    asked = entries_of({"name": ["Zarina Velgant"] * len(births), "birth": births})
    hits = screen(asked.entries, build_index(listed), threshold=0.5).hits
    assert len(hits) == len(births)
    assert all(hit.score < 1 for hit in hits)
    assert all("other-birth" in str(hit.comparison.reasons) for hit in hits)
    assert [each.row for each in asked.flagged] == [2, 5, 6]
    assert all(each.used for each in asked.flagged)
    assert not any("used without" in each.why for each in asked.flagged)


def test_a_fault_and_a_doubt_of_one_row_are_told_together() -> None:
    asked = entries_of({"name": ["Ada Roth"], "birth": ["5/10/1976; never"]})
    assert asked.entries[0].facts.born == (FIFTH, "1976-05-10")
    (flagged,) = asked.flagged
    assert "'never'; the row is used without this; birth: '5/10/1976' may be" in flagged.why


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1355-07-13", (FIFTH, "1936", "1937")),
        ("13.07.1355", (FIFTH, "1936", "1937")),
        ("1376-10-11", ("1998-01-01", "1956", "1957")),
        ("1399-12-30", ("2021-03-20", "1978", "1979")),
        ("1355-12", ("1977", "1936", "1937")),
        ("1396", ("2017", "2018", "1976")),
    ],
)
def test_a_hijri_year_is_read_by_our_calendar_and_told(written: str, read: tuple[str, ...]) -> None:
    birth = birth_of(written)
    assert birth.days == read
    assert "Hijri" in birth.doubt
    assert read[0] in birth.doubt


def test_a_birth_by_another_calendar_or_in_no_year_hides_nobody() -> None:
    listed = Facts(born=(FIFTH,))
    assert weighed(0.9, Facts(born=("1355-07-13",)), listed)[1] == (Verdict.SAME_BIRTH,)
    assert weighed(0.9, listed, Facts(born=("1396-10-12",)))[1] == (Verdict.NEAR_BIRTH,)
    for nowhen in ("1076-10-05", "0076", "0000"):
        assert weighed(0.9, Facts(born=(nowhen,)), listed) == (0.9, ())
    known = entries_of({"name": ["Zarina Velgant"], "birth": [FIFTH]}).entries
    asked = entries_of({"name": ["Zarina Velgant"] * 2, "birth": ["1355-07-13", "1076"]})
    assert [hit.asked.row for hit in screen(asked.entries, build_index(known)).hits] == [1, 2]
    assert [each.row for each in asked.flagged] == [1, 2]


@pytest.mark.parametrize("slip", ["1470", "1449", "1470-02-03"])
def test_a_year_that_no_calendar_reads_as_one_gone_by_is_a_slip_and_hides_nobody(
    slip: str,
) -> None:
    assert weighed(0.99, Facts(born=(slip,)), Facts(born=("1970",))) == (0.99, ())
    with pytest.raises(FactsMalformed, match="nobody is born in such a year"):
        birth_of(slip)


def test_years_that_run_are_the_last_that_are_read() -> None:
    assert birth_of("1405").days == ("2026", "2027", "1984", "1985")
    assert birth_of("1406").days == ("1985", "1986")
    assert birth_of("1448").days == ("2026", "2027")
