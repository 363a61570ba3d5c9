"""Years of Iran and of Islam are reckoned by one rule, for lists and for files alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from undaunted.core.listings.readers.dates import several_days
from undaunted.engines.names import lunar_span, solar_span
from undaunted.engines.names.known.calendars import gregorian

NOWRUZ = {1343: (1964, 3, 21), 1355: (1976, 3, 21), 1375: (1996, 3, 20), 1403: (2024, 3, 20)}
"""First days of solar years, as the calendar of Iran gives them."""
SEEN = {1400: (1979, 11, 21), 1420: (1999, 4, 17), 1446: (2024, 7, 7)}
"""First days of lunar years, as the moon was seen or reckoned in one country."""


@pytest.mark.parametrize("year", sorted(NOWRUZ))
def test_a_solar_year_begins_on_its_day_and_ends_before_the_next(year: int) -> None:
    assert solar_span(year)[0] == solar_span(year, 1, 1)[0] == date(*NOWRUZ[year])
    assert solar_span(year)[1] + timedelta(days=1) == solar_span(year + 1)[0]
    assert solar_span(year, 7)[0] - solar_span(year, 1)[0] == timedelta(days=186)


@pytest.mark.parametrize("year", sorted(SEEN))
def test_a_lunar_day_spans_the_days_on_which_the_moon_may_have_been_seen(year: int) -> None:
    first, last = lunar_span(year, 1, 1)
    assert first <= date(*SEEN[year]) <= last
    assert last - first == timedelta(days=4)
    assert lunar_span(year)[0] == first


def test_a_day_on_a_list_and_in_a_file_is_one_day() -> None:
    for month in range(1, 13):
        for day in (1, 10, 11, 29):
            (meant, *_) = gregorian(f"1343-{month:02}-{day:02}")
            ((told, _),) = several_days(f"{day}/{month}/1343 (Persian calendar)")
            assert told == meant[:7], (month, day)
    for year in range(1300, 1400):
        first, last = solar_span(year)
        ((told, _),) = several_days(f"{year} (Persian calendar)")
        assert told == f"{first.year}/{last.year}"
