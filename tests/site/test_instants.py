"""Instants are kept in UTC, whatever offset they were written with."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from django.forms import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

import undaunted.site.instants
from undaunted.site.instants import DayField, InstantField, InstantOutOfRange, in_utc, read_instant

SRC = Path(undaunted.site.instants.__file__).parents[1]
BEYOND = ("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+00:01")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-12-31", datetime(2025, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)),
        ("20251231", datetime(2025, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)),
        ("2025-12-31T10:00", datetime(2025, 12, 31, 10, tzinfo=UTC)),
        ("2025-12-31T10:00+16:00", datetime(2025, 12, 30, 18, tzinfo=UTC)),
        ("2025-12-31T10:00-23:59", datetime(2026, 1, 1, 9, 59, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_in_utc(text: str, instant: datetime) -> None:
    found = read_instant(text)
    assert (found, found.tzinfo) == (instant, UTC)


@pytest.mark.parametrize("text", ["", "soon", "2025-02-30", "2025-12-31T10:00+24:00", *BEYOND])
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - what Python raises for it
        read_instant(text)


@given(st.datetimes(), st.integers(min_value=-1439, max_value=1439))
def test_the_same_instant_is_kept_or_refused(moment: datetime, minutes: int) -> None:
    told = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    try:
        kept = in_utc(told)
    except InstantOutOfRange:
        assert moment.year in {1, 9999}
    else:
        assert (kept, kept.tzinfo) == (told, UTC)


def test_a_form_takes_no_instant_that_cannot_be_kept() -> None:
    field = InstantField(required=False)
    assert field.clean("") is None
    assert field.clean("2031-05-06T10:00+23:00") == datetime(2031, 5, 5, 11, tzinfo=UTC)
    for text in BEYOND:
        with pytest.raises(ValidationError):
            field.clean(text)


@pytest.mark.parametrize("language", ["en", "fr", "ar", "zh-hans"])
@pytest.mark.parametrize("text", ["1/5/2026", "01/05/2026", "1.5.2026", "1 May 2026", "5-1-26"])
def test_no_form_reads_a_day_in_the_order_of_a_language(language: str, text: str) -> None:
    with override(language):
        for field, written in ((DayField(), text), (InstantField(), f"{text} 10:00")):
            with pytest.raises(ValidationError):
                field.clean(written)
        assert DayField().clean("2026-01-05") == date(2026, 1, 5)
        for written in ("2026-01-05 10:00", "2026-01-05T10:00", "2026-01-05T12:00+02:00"):
            assert InstantField().clean(written) == datetime(2026, 1, 5, 10, tzinfo=UTC)


def test_every_form_takes_its_days_so() -> None:
    plain = re.compile(r"forms\.(?:Split)?Date(?:Time)?Field\(|forms\.DateInput")
    modules = [path for path in SRC.rglob("*.py") if path.name != "instants.py"]
    found = {path.name for path in modules if plain.search(path.read_text("utf-8"))}
    assert modules
    assert not found
