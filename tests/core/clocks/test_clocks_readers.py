"""Whatever is asked is answered, or refused with the part that is wrong and what to write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.access.rules import PUBLIC
from undaunted.core.clocks.queries import what_if
from undaunted.core.clocks.readers import QuestionUnreadable, read_question
from undaunted.core.clocks.rules import EventsRefused, Unit, rules
from undaunted.core.clocks.writers import as_json

__all__: list[str] = []

NOW = datetime(2026, 11, 25, tzinfo=UTC)
RULES = st.sampled_from(sorted({rule.id for rule in rules()}))
ODD = st.text(alphabet="0123456789-:T.+Z ", max_size=30) | st.text(max_size=12)
MOMENTS = (
    st.datetimes(datetime(1890, 1, 1), datetime(2210, 1, 1)).map(lambda each: each.isoformat())  # noqa: DTZ001 - without an offset, as people write
    | st.dates().map(lambda each: each.isoformat())
    | ODD
)
STOPS = st.lists(st.tuples(MOMENTS, MOMENTS).map("..".join) | ODD, max_size=3)
PERIODS = st.lists(
    st.tuples(st.integers(-5, 2000), st.sampled_from(list(Unit))).map(
        lambda each: f"{each[0]} {each[1].value}"
    )
    | ODD,
    max_size=2,
)


@given(RULES | ODD, MOMENTS, st.sampled_from(["", "BE", "US", "XR", "be", "QQ"]), STOPS, PERIODS)
def test_no_question_whatever_it_says_breaks_the_engine(
    rule: str, start: str, country: str, stops: list[str], extensions: list[str]
) -> None:
    try:
        question = read_question(rule, start, country=country, stops=stops, extensions=extensions)
        answer = as_json(what_if(PUBLIC, question, NOW))
    except (QuestionUnreadable, EventsRefused):
        return
    assert answer["limits"]


@pytest.mark.parametrize(
    ("start", "zone", "day"),
    [
        ("2026-10-31", "", "2027-02-28"),
        ("2026-10-31T23:30+00:00", "", "2027-03-01"),  # the first of November in Paris
        ("2026-10-31T23:30", "UTC", "2027-02-28"),
    ],
)
def test_a_day_is_meant_where_the_authority_is(start: str, zone: str, day: str) -> None:
    question = read_question("ccf-access", start, zone=zone)
    assert as_json(what_if(PUBLIC, question, NOW))["limits"][0]["last_day"] == day


def test_our_own_promises_follow_the_country_and_laws_their_authority() -> None:
    assert read_question("lifeline-decision", "2026-11-25", country="LT").zone == "Europe/Vilnius"
    assert read_question("fdi-comments", "2026-11-25", country="LT").zone == ""


def test_an_open_stop_is_read() -> None:
    question = read_question("fdi-comments", "2026-03-02", stops=["2026-03-10.."])
    assert what_if(PUBLIC, question, NOW).state == "stopped"


@pytest.mark.parametrize("offset", ["+16:00", "-23:59"])
def test_an_offset_that_no_clock_on_earth_has_is_refused(offset: str) -> None:
    with pytest.raises(QuestionUnreadable, match="write 2026-10-31 or"):
        read_question("ccf-access", f"2026-10-31T12:00{offset}")
