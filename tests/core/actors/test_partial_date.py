"""Partial dates: what they allow, what they refuse, and that nothing is lost on the way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.actors.rules.partial_date import PartialDate, Precision, UnreadableDate

DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
MARKS = st.sampled_from(["", "?", "~", "%"])


@st.composite
def simple_texts(draw: st.DrawFn) -> str:
    day = draw(DAYS)
    shape = draw(
        st.sampled_from(
            ["{y}", "{d}X", "{y}-{m}", "{y}-{s}", "{y}-{m}-{dd}", "{y}-XX", "{y}-{m}-XX"]
        )
    )
    return shape.format(
        y=f"{day.year:04d}",
        d=f"{day.year:04d}"[:3],
        m=f"{day.month:02d}",
        s=draw(st.integers(21, 41)),
        dd=f"{day.day:02d}",
    ) + draw(MARKS)


@st.composite
def texts(draw: st.DrawFn) -> str:
    if draw(st.booleans()):
        return draw(simple_texts())
    ends = sorted(
        (PartialDate.parse(draw(simple_texts())) for _ in range(2)), key=lambda d: str(d.earliest)
    )
    lower, upper = (end.text for end in ends)
    return draw(st.sampled_from([f"{lower}/{upper}", f"../{upper}", f"{lower}/..", f"{lower}/"]))


DATES = texts().map(PartialDate.parse)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2020-02-29", date(2020, 2, 29), date(2020, 2, 29), Precision.DAY),
        ("2020-02-29~", date(2020, 2, 28), date(2020, 3, 1), Precision.DAY),
        ("2020-02-29?", date(2020, 2, 29), date(2020, 2, 29), Precision.DAY),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), Precision.MONTH),
        ("2020-02-XX", date(2020, 2, 1), date(2020, 2, 29), Precision.MONTH),
        ("2020-01~", date(2019, 12, 1), date(2020, 2, 29), Precision.MONTH),
        ("1952-21", date(1952, 3, 1), date(1952, 5, 31), Precision.SEASON),
        ("1952-24", date(1952, 1, 1), date(1952, 12, 31), Precision.SEASON),
        ("1952-32", date(1952, 6, 1), date(1952, 8, 31), Precision.SEASON),
        ("2020", date(2020, 1, 1), date(2020, 12, 31), Precision.YEAR),
        ("2020~", date(2019, 1, 1), date(2021, 12, 31), Precision.YEAR),
        ("2020-XX", date(2020, 1, 1), date(2020, 12, 31), Precision.YEAR),
        ("195X", date(1950, 1, 1), date(1959, 12, 31), Precision.DECADE),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31), Precision.INTERVAL),
        ("0XXX", date(1, 1, 1), date(999, 12, 31), Precision.INTERVAL),
        ("1952/1953", date(1952, 1, 1), date(1953, 12, 31), Precision.INTERVAL),
        ("../2020", None, date(2020, 12, 31), Precision.INTERVAL),
        ("2020-05/..", date(2020, 5, 1), None, Precision.INTERVAL),
        ("/2020", None, date(2020, 12, 31), Precision.INTERVAL),
        ("[2019,2020]", date(2019, 1, 1), date(2020, 12, 31), Precision.INTERVAL),
        ("9999~", date(9998, 1, 1), date(9999, 12, 31), Precision.YEAR),
        ("0001-01-01~", date(1, 1, 1), date(1, 1, 2), Precision.DAY),
    ],
)
def test_a_text_allows_exactly_these_days(
    text: str, earliest: date | None, latest: date | None, precision: Precision
) -> None:
    found = PartialDate.parse(text)
    assert (found.earliest, found.latest, found.precision) == (earliest, latest, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "31.02.2020",
        "spring 1952",
        "2019-02-29",
        "2020-02-30~",
        "2020-13",
        "2020-00",
        "2020-01-00",
        "2020-21-04",
        "2020-XX-05",
        "202X-05",
        "XXXX",
        "0000",
        "/",
        "../..",
        "2021/2020",
        "2019/2020/2021",
        "2019/2020/",
        "31/12/1970",
        "1970/31/12",
        "2020-02-31/2021",
        "20 20~",
        "2020-05-01T10:00:00Z",
        "2020\N{EN DASH}05",
        "\N{ARABIC-INDIC DIGIT TWO}020",
        "[..2019]",
        "[2020,2019-13]",
        "Y17000",
        "{17000?}",
        "\0",
        "[" * 60,
        "[" * 1000,
        "2019-05-20~-04",
    ],
)
def test_a_text_that_is_no_date_is_refused_with_its_reason(text: str) -> None:
    with pytest.raises(UnreadableDate, match=r"is not a date: .+ Write 2020-03-05") as caught:
        PartialDate.parse(text)
    assert caught.value.text == text
    assert caught.value.reason


def test_marks_are_kept_as_facts() -> None:
    assert PartialDate.parse("2020~").approximate
    assert PartialDate.parse("2020?").uncertain
    both = PartialDate.parse("2020%")
    assert both.approximate
    assert both.uncertain
    interval = PartialDate.parse("2019~/2020-03?")
    assert interval.approximate
    assert interval.uncertain
    qualified = PartialDate.parse("2004-06~-11")
    assert qualified.approximate
    assert not qualified.uncertain


def test_small_x_and_blanks_are_written_canonically() -> None:
    assert PartialDate.parse(" 195x ").text == "195X"
    assert PartialDate.parse("2019 / 2020").text == "2019/2020"
    assert PartialDate.parse("[2019, 2020]").text == "[2019,2020]"


def test_makers_equal_the_texts_they_stand_for() -> None:
    assert PartialDate.day(date(2020, 3, 5)) == PartialDate.parse("2020-03-05")
    assert PartialDate.month(2020, 3) == PartialDate.parse("2020-03")
    assert PartialDate.year(987) == PartialDate.parse("0987")
    first, last = PartialDate.year(2019), PartialDate.month(2020, 3)
    assert PartialDate.between(first, last) == PartialDate.parse("2019/2020-03")
    assert PartialDate.between(None, last) == PartialDate.parse("../2020-03")
    assert PartialDate.between(first, None) == PartialDate.parse("2019/..")
    with pytest.raises(UnreadableDate, match="both ends are open"):
        PartialDate.between(None, None)


def test_an_open_end_is_never_certainly_before_anything() -> None:
    later = PartialDate.parse("2020/..")
    earlier = PartialDate.parse("../2019")
    assert not later.certainly_before(PartialDate.year(2021))
    assert earlier.certainly_before(later)
    assert later.certainly_after(earlier)
    assert earlier.possibly_before(later)
    assert later.possibly_before(PartialDate.year(2021))
    assert PartialDate.year(2021).possibly_before(later)
    assert later.allows(date(2999, 1, 1))
    assert not later.allows(date(2019, 12, 31))
    assert earlier.allows(date(1, 1, 1))
    assert not earlier.allows(date(2020, 1, 1))


@pytest.mark.parametrize(
    ("text", "coarse"),
    [
        ("2020-03-05", "2020-03"),
        ("2020-03-05~", "2020-03~"),
        ("2020-03-XX", "2020-03"),
        ("2020-03", "2020-03"),
        ("2020~", "2020~"),
        ("2020-01-03/2020-01-20", "2020-01"),
        ("2020-01-03/2021-05-02", "2020-01/2021-05"),
        ("../2021-05-02", "../2021-05"),
        ("2021-05-02/", "2021-05/.."),
    ],
)
def test_published_dates_have_no_day(text: str, coarse: str) -> None:
    assert PartialDate.parse(text).coarsened_to_month().text == coarse


@given(DATES)
def test_the_canonical_text_reads_back_as_the_same_date(found: PartialDate) -> None:
    assert PartialDate.parse(found.text) == found


@given(DATES)
def test_a_coarser_date_allows_every_day_of_the_finer_one(found: PartialDate) -> None:
    coarse = found.coarsened_to_month()
    assert coarse.coarsened_to_month() == coarse
    assert coarse.earliest is None or (found.earliest and coarse.earliest <= found.earliest)
    assert coarse.latest is None or (found.latest and found.latest <= coarse.latest)


@given(DATES, DATES)
def test_order_is_consistent(one: PartialDate, other: PartialDate) -> None:
    assert one.compatible_with(other) == other.compatible_with(one)
    assert not (one.certainly_before(other) and other.certainly_before(one))
    if one.certainly_before(other):
        assert one.possibly_before(other)
        assert not other.possibly_before(one)


@given(DATES, DAYS)
def test_a_day_is_allowed_exactly_when_it_is_compatible(found: PartialDate, day: date) -> None:
    assert found.allows(day) == found.compatible_with(PartialDate.day(day))


@given(DAYS)
def test_own_reading_equals_the_library_on_whole_dates(day: date) -> None:
    for text in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        ours, theirs = PartialDate.parse(text), parse_edtf(text)
        assert ours.earliest == date(*theirs.lower_strict()[:3])
        assert ours.latest == date(*theirs.upper_strict()[:3])


@given(st.text(max_size=40) | st.from_regex(r"[0-9X\-/~?%.,\[\]{} ]{1,20}", fullmatch=True))
def test_any_text_is_a_date_or_is_refused(text: str) -> None:
    try:
        found = PartialDate.parse(text)
    except UnreadableDate:
        return
    assert PartialDate.parse(found.text) == found
    if found.earliest and found.latest:
        assert found.latest - found.earliest >= timedelta(0)
