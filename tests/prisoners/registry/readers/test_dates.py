"""Dates as lists write them: read as far as they are known, or refused with the reason."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.prisoners.registry.readers.calendars import NoSuchDay, to_gregorian
from undaunted.prisoners.registry.readers.date_texts import DateRefused, DateTexts
from undaunted.prisoners.registry.readers.sentences import read_sentence
from undaunted.prisoners.registry.rules.import_rows import SentenceKind
from undaunted.prisoners.registry.rules.mapping import Calendar


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2020-03-05", "2020-03-05"),
        ("2020-05", "2020-05"),
        ("2020", "2020"),
        ("1950.0", "1950"),
        ("2020-03-05T00:00:00", "2020-03-05"),
        ("2020-03-05 13:45:00Z", "2020-03-05"),
        ("5.3.2020", "2020-03-05"),
        ("25/3/2020", "2020-03-25"),
        ("3/25/2020", "2020-03-25"),
        ("4/4/2020", "2020-04-04"),
        ("2020/3/5", "2020-03-05"),
        ("03.2020", "2020-03"),
        ("May 2020", "2020-05"),
        ("May 5, 2020", "2020-05-05"),
        ("5th of May 2020", "2020-05-05"),
        ("Sept. 2020", "2020-09"),
        ("c. 2020", "2020~"),
        ("circa May 2020", "2020-05~"),
        ("about 2020", "2020~"),
        ("before 2020", "../2020"),
        ("after May 2020", "2020-05/.."),
        ("2020s", "202X"),
        ("spring 1952", "1952-21"),
        ("1952 winter", "1952-24"),
        ("2020?", "2020?"),
        ("202x", "202X"),
        ("1952/1953", "1952/1953"),
        ("2020年5月3日", "2020-05-03"),
        ("2020年5月", "2020-05"),
        ("2020年", "2020"),
        ("2020年春", "2020-21"),
        ("民國39年5月3日", "1950-05-03"),
        ("２０２０年５月", "2020-05"),
        ("\u0662\u0660\u0662\u0660-\u0660\u0665-\u0660\u0663", "2020-05-03"),
    ],
)
def test_date_is_read_as_far_as_it_is_known(text: str, edtf: str) -> None:
    assert DateTexts().read(text).text == edtf


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31.02.2020", "no_such_date"),
        ("1954-02-29", "no_such_date"),
        ("2020-13", "no_such_date"),
        ("1952-08021", "unreadable_date"),
        ("03/04/2020", "ambiguous_date"),
        ("03.04.20", "two_digit_year"),
        ("20年5月", "two_digit_year"),
        ("43952", "spreadsheet_day_number"),
        ("19812", "spreadsheet_day_number"),
        ("yesterday", "unreadable_date"),
        ("5 2020", "unreadable_date"),
        ("spring May 2020", "unreadable_date"),
        ("2020 2021", "unreadable_date"),
        ("", "unreadable_date"),
        ("2" * 90, "unreadable_date"),
    ],
)
def test_date_that_cannot_be_known_is_refused_with_the_reason(text: str, code: str) -> None:
    with pytest.raises(DateRefused) as refused:
        DateTexts().read(text)
    assert refused.value.code == code


@pytest.mark.parametrize(("order", "edtf"), [("dmy", "2020-04-03"), ("mdy", "2020-03-04")])
def test_order_of_the_mapping_decides(order: str, edtf: str) -> None:
    assert DateTexts(order=order).read("03/04/2020").text == edtf


def test_formats_of_the_mapping_come_first() -> None:
    texts = DateTexts(formats=("%Y%m%d", "%m-%Y", "in %Y"))
    assert [texts.read(one).text for one in ("20200305", "05-2020", "in 2020", "2019")] == [
        "2020-03-05",
        "2020-05",
        "2020",
        "2019",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "5 марта 2020 года"),
        ("fr", "5 mars 2020"),
        ("es", "5 de marzo de 2020"),
        ("uk", "5 березня 2020"),
        ("tr", "5 Mart 2020"),
        ("be", "5 сакавіка 2020"),
    ],
)
def test_months_are_known_in_the_language_of_the_mapping(language: str, text: str) -> None:
    assert DateTexts(languages=(language, "en")).read(text).text == "2020-03-05"


def test_unknown_language_still_reads_numbers() -> None:
    assert DateTexts(languages=("zz-Nope",)).read("2020-03").text == "2020-03"


@pytest.mark.parametrize(
    ("calendar", "text", "edtf"),
    [
        (Calendar.PERSIAN, "1399/01/01", "2020-03-20"),
        (Calendar.PERSIAN, "۱۳۹۹/۱۲/۳۰", "2021-03-20"),
        (Calendar.PERSIAN, "1357/11/22", "1979-02-11"),
        (Calendar.PERSIAN, "1403-12-30", "2025-03-20"),
        (Calendar.PERSIAN, "1401/06", "2022-08-23/2022-09-22"),
        (Calendar.PERSIAN, "1401", "2022-03-21/2023-03-20"),
        (Calendar.MINGUO, "39/5/3", "1950-05-03"),
        (Calendar.MINGUO, "39年", "1950"),
        (Calendar.BUDDHIST, "2563/03/05", "2020-03-05"),
    ],
)
def test_other_calendars_convert_exactly(calendar: Calendar, text: str, edtf: str) -> None:
    assert DateTexts(calendar=calendar).read(text).text == edtf


@pytest.mark.parametrize(
    ("calendar", "text", "code"),
    [
        (Calendar.HIJRI, "1441/07/10", "calendar_not_exact"),
        (Calendar.PERSIAN, "1400/12/30", "no_such_date"),
        (Calendar.PERSIAN, "1400/07/31", "no_such_date"),
        (Calendar.PERSIAN, "1400/13/01", "no_such_date"),
        (Calendar.PERSIAN, "3500", "no_such_date"),
        (Calendar.PERSIAN, "May 1400", "unreadable_date"),
        (Calendar.MINGUO, "39/02/30", "no_such_date"),
        (Calendar.MINGUO, "9000", "no_such_date"),
        (Calendar.BUDDHIST, "2400/01/01", "no_such_date"),
    ],
)
def test_day_another_calendar_does_not_have_is_refused(
    calendar: Calendar, text: str, code: str
) -> None:
    with pytest.raises(DateRefused) as refused:
        DateTexts(calendar=calendar).read(text)
    assert refused.value.code == code


def test_day_without_a_month_is_no_date() -> None:
    with pytest.raises(NoSuchDay):
        to_gregorian(Calendar.PERSIAN, 1400, 0, 5)


@given(st.integers(min_value=1, max_value=3176))
def test_persian_years_follow_one_another_without_gap(year: int) -> None:
    _, last = to_gregorian(Calendar.PERSIAN, year)
    first, _ = to_gregorian(Calendar.PERSIAN, year + 1)
    assert first == last + dt.timedelta(days=1)


@given(st.text(max_size=90), st.sampled_from(list(Calendar)))
def test_no_text_makes_the_reader_stumble(text: str, calendar: Calendar) -> None:
    try:
        found = DateTexts(calendar=calendar, languages=("fa", "en")).read(text)
    except DateRefused:
        return
    assert found.text


@given(
    st.dates(min_value=dt.date(1000, 1, 1)), st.sampled_from(["%d.%m.%Y", "%d %B %Y", "%Y/%m/%d"])
)
def test_every_day_survives_being_written(day: dt.date, pattern: str) -> None:
    assert DateTexts().read(day.strftime(pattern)).earliest == day


@pytest.mark.parametrize(
    ("text", "kind", "months"),
    [
        ("3 years", SentenceKind.TERM, 36),
        ("4 years and 8 months", SentenceKind.TERM, 56),
        ("3.5 years", SentenceKind.TERM, 42),
        ("18 months imprisonment", SentenceKind.TERM, 18),
        ("3年6个月", SentenceKind.TERM, 42),
        ("life", SentenceKind.LIFE, None),
        ("死刑", SentenceKind.DEATH, None),
        ("none", SentenceKind.NONE, None),
        ("text: 4 years + 4 years", SentenceKind.TEXT, None),
    ],
)
def test_sentence_is_read_where_it_is_plain(
    text: str, kind: SentenceKind, months: int | None
) -> None:
    found = read_sentence(text)
    assert found is not None
    assert (found.kind, found.months) == (kind, months)


@pytest.mark.parametrize(
    "text", ["4 years (first) + 4 years", "11 months, suspended", "0 years", ""]
)
def test_sentence_that_needs_a_person_is_not_guessed(text: str) -> None:
    assert read_sentence(text) is None
