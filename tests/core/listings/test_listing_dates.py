"""Days as issuers write them: each is read as it is meant, or not at all."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.listings.readers.dates import (
    DateUnknown,
    day_of,
    from_parts,
    is_serial,
    several_days,
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", ""),
        (None, ""),
        (date(1961, 3, 4), "1961-03-04"),
        (datetime(1961, 3, 4, 5, 6), "1961-03-04"),  # noqa: DTZ001 - as a workbook gives it
        (22344.0, "1961-03-04"),
        ("22344", "1961-03-04"),
        (1961.0, "1961"),
        (1961, "1961"),
        ("00/00/1969", "1969"),
        ("dd/mm/1945", "1945"),
        ("dd/05/1945", "1945-05"),
        ("10/08/1972", "1972-08-10"),
        ("05/1980", "1980-05"),
        ("28.2.2011", "2011-02-28"),
        ("28.01 1966", "1966-01-28"),
        ("10/061962", "1962-06-10"),
        ("DD/MM/1945", "1945"),
        ("--/--/1945", "1945"),
        ("??/05/1945", "1945-05"),
        ("xx/1945", "1945"),
        ("1970 circa", "1970~"),
        ("before 1964", "../1963"),
        ("after 1964", "1965/.."),
        ("March/April 1965", "1965-03/1965-04"),
        ("1961-03", "1961-03"),
        ("2015-04-07-04:00", "2015-04-07"),
        ("2026-02-27T00:00:09.554Z", "2026-02-27"),
        ("4 Apr. 1944", "1944-04-04"),
        ("23-Mar-1980", "1980-03-23"),
        ("December 1985", "1985-12"),
        ("April 4, 1944", "1944-04-04"),
        ("1 août 1961", "1961-08-01"),
        ("circa 1979", "1979~"),
        ("circa circa 1979", "1979~"),
        ("Approximately 1955- 1958", "1955/1958"),
        ("Between 1956 and 1958", "1956/1958"),
        ("1960-1961", "1960/1961"),
        ("January to March 1961", "1961-01/1961-03"),
        ("01 Jan 1961 to 31 Dec 1962", "1961-01-01/1962-12-31"),
    ],
)
def test_day_is_read(written: object, meant: str) -> None:
    assert day_of(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "31/02/1999",
        "hello",
        "13/13/1999",
        "07/04/62",
        "24-Apr-68",
        "31/021962",
        "before noon",
        "April/March 1965",
        "March/Foo 1965",
        "10 October (year unknown)",
        "99",
        99999.0,
        float("nan"),
        float("inf"),
        "1990 to 1980",
        "1 foo 1961",
        "foo 1, 1961",
        "between and",
        "1961/1962/1963 to 1970",
        "about",
    ],
)
def test_what_is_no_day_is_refused(written: object) -> None:
    with pytest.raises(DateUnknown):
        day_of(written)


def test_several_days_of_a_cell_are_told_apart() -> None:
    assert several_days("a) Approximately 1955- 1958 b) 1945") == [
        ("1955/1958", "Approximately 1955- 1958"),
        ("1945", "1945"),
    ]
    assert [day for day, _ in several_days("05/07/1983; alt DOB: 10/03/1983")] == [
        "1983-07-05",
        "1983-03-10",
    ]
    assert several_days("1961 (as Viktor)") == [("1961", "1961 (as Viktor)")]
    assert several_days("1352 (Hijri calendar); N/A; (nothing); 1 May (or so)") == [
        ("", "1352 (Hijri calendar)"),
        ("", "(nothing)"),
        ("", "1 May ("),
        ("", "so)"),
    ]
    assert several_days(1961.0) == [("1961", "1961")]
    assert several_days(date(1961, 3, 4)) == [("1961-03-04", "1961-03-04")]
    assert several_days(None) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10.2.1983 (or 10.3.1983)", ["1983-02-10", "1983-03-10"]),
        ("7.8.1965 / 20.2.1972", ["1965-08-07", "1972-02-20"]),
        ("21.11.1964 / 1965", ["1964-11-21", "1965"]),
        ("a)1994 b)1993 c) 1995", ["1994", "1993", "1995"]),
        ("5/06/1953   15/06/1953", ["1953-06-05", "1953-06-15"]),
        ("01/10/1983,15/10/1983, 01/01/1980", ["1983-10-01", "1983-10-15", "1980-01-01"]),
        ("15 May 1968 (as Viktor Strovik) 1970 (as Bohdan)", ["1968-05-15", "1970"]),
        ("8.5.1967 POB: Karsk (now Zenda) Gender: female", ["1967-05-08"]),
        ("(probably) 1944", ["1944~"]),
        ("17.8.1961; (Aug. 1961)", ["1961-08-17", "1961-08"]),
        ("Approximately 1955. For this aka only, alt DOB 01/01/1969", ["1955~", "1969-01-01"]),
        ("5 Feb. 1970 (this aka only, born 5 Feb. 1969)", ["1970-02-05", "1969-02-05"]),
        ("N/D", []),
    ],
)
def test_several_days_are_told_apart_however_their_issuer_parts_them(
    written: str, meant: list[str]
) -> None:
    assert [day for day, _text in several_days(written)] == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("24.6.1402 (Hijri Calendar)", ["1982-04"]),
        ("1 Jan 1970 (Islamic Republic of Iran)", ["1970-01-01"]),
        ("1970 (Solar System Bank)", ["1970"]),
        ("(Hijri) 24.6.1402", [""]),
        ("1402 (Hijri calendar)", ["1981/1982"]),
        ("1380 AH / 1960", ["1960/1961", "1960"]),
        ("1380 A.H.", ["1960/1961"]),
        ("1.1.1390 (lunar Hijri)", ["1970-03"]),
        ("9/1380 AH", [""]),
        ("1343 (Iranian Hijri calendar)", ["1964/1965"]),
        ("1343 (Iranian Hijri calendar), 1964", ["1964"]),
        ("1340 (Iranian Hijri calendar), 1961 (Gregorian calendar)", ["1961"]),
        ("10/7/1343 S.H.", ["1964-10"]),
        ("20/7/1343 (Persian calendar)", ["1964-10"]),
        ("1352 (Iranian Hijri calendar), 1972", [""]),
        ("1340 (Iranian Hijri calendar), on 99", [""]),
        ("1352 (Hijri calendar)", [""]),
        ("40/13/1402 (Hijri Calendar)", [""]),
        ("solar", [""]),
    ],
)
def test_days_of_the_islamic_calendars_are_read_as_far_as_they_are_sure(
    written: str, meant: list[str]
) -> None:
    assert [day for day, _text in several_days(written)] == meant
    assert "".join(text for _, text in several_days(written)) in written.replace(" / ", "")


def test_days_parted_within_parentheses_keep_none_of_them() -> None:
    told = several_days("27/05/1979 (this aka only, alt DOB 1973)")
    assert told == [("1979-05-27", "27/05/1979"), ("1973", "1973")]


def test_number_of_a_spreadsheet_is_told_from_a_year() -> None:
    assert is_serial(22344.0)
    assert is_serial("22344")
    assert not is_serial("1961")
    assert not is_serial(date(1961, 3, 4))


def test_parts_that_are_not_known_are_left_out() -> None:
    assert from_parts("") == ""
    assert from_parts("1961", "0", "4") == "1961"
    assert from_parts("1961", "3", "00") == "1961-03"
    with pytest.raises(DateUnknown):
        from_parts("1961", "2", "30")


@given(st.text(max_size=60) | st.floats() | st.integers(-(2**60), 2**60))
def test_whatever_a_cell_holds_is_a_day_of_edtf_or_refused(written: object) -> None:
    try:
        day = day_of(written)
    except DateUnknown:
        return
    assert day == "" or PartialDate.parse(day).text == day
