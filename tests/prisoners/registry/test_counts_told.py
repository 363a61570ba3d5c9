"""What a count, its flow and its series say as plain values, and what may be asked of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.editions.rules import ParameterRefused
from undaunted.prisoners.registry.rules.claims import DayNotCome, EndsBeforeStart, check_days
from undaunted.prisoners.registry.rules.counts import (
    BandCount,
    Breakdown,
    BreakdownUnknown,
    CountResult,
    FlowResult,
    PanelBreak,
    SeriesPoint,
    SeriesResult,
    bands_of,
    breakdowns_of,
    first_days,
)
from undaunted.prisoners.registry.rules.facets import FACETS, allowed_values
from undaunted.prisoners.registry.rules.month_ends import day_counted, month_end, searched_day
from undaunted.prisoners.registry.rules.unpublished import (
    DrawKeyMissing,
    asking_mac,
    draw_digest,
    draw_key,
    finished_years,
    key_fingerprint,
)

AT = datetime(2024, 1, 2, tzinfo=UTC)
SOME = BandCount(3, 1, 4, (1, 0, 2, 1), 0, "female")
BROKEN = (PanelBreak(date(2023, 5, 1), ("roll",)),)
ROWS = [("A", True, True, 2), ("B", False, True, 3), ("C", True, False, 4), ("D", True, True, 5)]


def test_breakdowns_are_read_from_words_and_commas_each_once() -> None:
    assert breakdowns_of(["role,law", "law", ""]) == (Breakdown.ROLE, Breakdown.LAW)
    with pytest.raises(BreakdownUnknown, match="'colour' is no breakdown; choose among role") as no:
        breakdowns_of(["role", "colour"])
    assert no.value.word == "colour"


def test_bands_count_the_sure_low_and_all_but_the_worst_tier_high() -> None:
    assert bands_of(ROWS, value="x") == BandCount(5, 2, 9, (2, 3, 0, 5), 3, "x")


def test_a_count_says_its_parts_and_everything_it_takes_to_repeat_it() -> None:
    whole = bands_of(ROWS)
    told = CountResult("XR", "pace-1900", date(2024, 1, 1), AT, whole, (SOME,), Breakdown.GENDER,
                       BROKEN, ((Breakdown.GENDER, (SOME,)),)).as_json()  # fmt: skip
    assert (told["persons"], told["range"]) == (5, {"low": 2, "high": 9})
    assert told["tiers"] == {"A": 2, "B": 3, "C": 0, "D": 5}
    assert "value" not in told
    assert told["breakdown"] == "gender"
    assert told["by"] == told["breakdowns"]["gender"] == [SOME.as_json()]
    assert SOME.as_json()["value"] == "female"
    assert told["break_flags"] == [BROKEN[0].as_json()]
    bare = CountResult(None, "pace-1900", date(2024, 1, 1), AT, whole)
    assert (bare.persons, bare.as_json()["breakdown"]) == (5, None)


def test_a_flow_says_every_line_and_what_is_left_over() -> None:
    flow = FlowResult(None, "pace-1900", date(2023, 1, 1), AT, date(2024, 1, 1), AT, before=5,
                      after=9, backlog=2, corrected=1, new=4, released=2, died=1,
                      redetained=1, reclassified_in=1, break_flags=BROKEN)  # fmt: skip
    told = flow.as_json()
    assert (told["before"], told["after"], told["residual"]) == (5, 9, 0)
    assert told["since"] == "2023-01-01"
    assert len(told["break_flags"]) == 1


def test_a_series_has_a_point_for_every_month_that_begins_in_it() -> None:
    days = list(first_days(date(2023, 11, 2), date(2024, 1, 31)))
    assert days == [date(2023, 12, 1), date(2024, 1, 1)]
    assert next(iter(first_days(date(2023, 11, 1), date(2024, 1, 1)))) == date(2023, 11, 1)
    told = SeriesResult(
        "XR", "pace-1900", AT, tuple(SeriesPoint(day, SOME) for day in days), BROKEN
    )
    assert [each["day"] for each in told.as_json()["points"]] == ["2023-12-01", "2024-01-01"]
    assert told.as_json()["points"][0]["persons"] == 3


@pytest.mark.parametrize("facet", FACETS)
def test_every_facet_knows_its_values(facet: str) -> None:
    assert len(allowed_values(facet)) > 1
    assert "SUHH" in allowed_values("country")


def test_a_day_without_a_name_counts_at_the_end_of_its_month() -> None:
    assert month_end(date(2024, 12, 5)) == date(2024, 12, 31)
    assert month_end(date(2024, 2, 5)) == date(2024, 2, 29)
    assert day_counted(date(2024, 2, 5), named=True) == date(2024, 2, 5)
    assert day_counted(date(2024, 2, 5), named=False) == date(2024, 2, 29)
    assert day_counted(None, named=False) is None


def test_a_search_looks_at_an_end_of_a_month_that_has_come() -> None:
    today = date(2024, 2, 10)
    assert searched_day(date(2024, 1, 5), today) == date(2024, 1, 31)
    assert searched_day(date(2024, 2, 5), today) == date(2024, 1, 31)
    assert searched_day(date(2024, 3, 5), today) == date(2024, 3, 31)


def test_years_are_counted_once_they_have_ended() -> None:
    assert finished_years(date(2023, 12, 31), 2) == (2022, 2023)
    assert finished_years(date(2023, 12, 30), 2) == (2021, 2022)
    with pytest.raises(ParameterRefused, match="no year has ended"):
        finished_years(date.min, 1)


def test_what_is_drawn_follows_from_the_key_of_one_database() -> None:
    with pytest.raises(DrawKeyMissing, match="UNDAUNTED_DRAW_KEY"):
        draw_key(b"short", UUID(int=1))
    key, other = (draw_key(b"k" * 32, UUID(int=number)) for number in (1, 2))
    assert key_fingerprint(key) != key_fingerprint(other)
    assert draw_digest(key, b"somebody") != draw_digest(other, b"somebody")


def test_the_code_of_a_count_follows_from_all_that_is_asked() -> None:
    first = asking_mac(b"key", AT, [2023], "print", UUID(int=1))
    assert first == asking_mac(b"key", AT, [2023], "print", UUID(int=1))
    assert first not in {
        asking_mac(b"key", AT + timedelta(microseconds=1), [2023], "print", UUID(int=1)),
        asking_mac(b"key", AT, [2022, 2023], "print", UUID(int=1)),
        asking_mac(b"key", AT, [2023], "other", UUID(int=1)),
        asking_mac(b"key", AT, [2023], "print", UUID(int=2)),
    }


def test_days_of_a_new_act_are_looked_at_each() -> None:
    today = date(2024, 1, 2)
    check_days(PartialDate.parse("2023"), PartialDate.parse("2024"), [today], today)
    with pytest.raises(EndsBeforeStart):
        check_days(PartialDate.parse("2023"), PartialDate.parse("2022"), [], today)
    with pytest.raises(DayNotCome):
        check_days(None, None, [today, date(2024, 1, 3)], today)
