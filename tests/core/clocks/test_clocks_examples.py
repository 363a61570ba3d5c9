"""The deadlines that the platform's cards name, reckoned under the rules that are shipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.core.clocks.factories import make_rule, noon
from undaunted.core.clocks.rules import (
    EVERY_DAY,
    CalendarUnknown,
    Counting,
    Events,
    EventsRefused,
    Extension,
    Firmness,
    Lengthening,
    Limit,
    Period,
    Roll,
    RuleUnknown,
    Source,
    SourceStatus,
    State,
    Stop,
    Unit,
    ZoneUnknown,
    calendar_named,
    due,
    rule_for,
    rule_version,
    rules,
    zone_named,
    zone_of,
)
from undaunted.core.clocks.writers import explained
from undaunted.core.clocks.writers.sentences import _SENTENCES  # all of them, for completeness

__all__: list[str] = []

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def ends(rule: str, start: date, *, calendar: str = "", **events: object) -> list[date | None]:
    made = due(
        rule_for(rule, start),
        noon(start),
        Events(**events),  # type: ignore[arg-type]
        calendar_named(calendar) if calendar else None,
        now=NOW,
    )
    return [each.last_day for each in made.limits]


@pytest.mark.parametrize(
    ("rule", "start", "end"),
    [
        ("ccf-access", date(2026, 10, 31), date(2027, 2, 28)),
        ("ccf-access", date(2027, 10, 31), date(2028, 2, 29)),
        ("ccf-access", date(2026, 11, 25), date(2027, 3, 25)),
        ("ccf-deletion", date(2026, 5, 31), date(2027, 2, 28)),
        ("ccf-revision", date(2026, 8, 31), date(2027, 2, 28)),
        ("wgad-reply", date(2026, 11, 25), date(2027, 1, 24)),
        ("aci-examination", date(2026, 1, 20), date(2026, 5, 20)),
        ("aci-examination", date(2026, 1, 31), date(2026, 6, 1)),  # 31 May is a Sunday
        ("aci-evaluation", date(2025, 6, 25), date(2025, 12, 29)),  # Thursday and Friday are free
        ("aci-evaluation", date(2025, 7, 1), date(2026, 1, 2)),  # New Year's Day
        ("aci-evaluation", date(2025, 10, 6), date(2026, 4, 7)),  # Easter Monday
        ("aci-deferral", date(2026, 1, 31), date(2026, 4, 30)),
        ("fdi-intent", date(2026, 11, 20), date(2026, 12, 7)),  # 5 December is a Saturday
        ("fdi-comments", date(2026, 11, 20), date(2026, 12, 25)),  # version 1: weekends alone
        ("fdi-comments", date(2026, 11, 27), date(2027, 1, 4)),  # New Year's Day is a Friday
        ("fdi-intent", date(2026, 12, 10), date(2026, 12, 28)),  # 25 December
        ("fdi-comments-information", date(2026, 12, 12), date(2027, 1, 4)),  # 1 January
        ("fdi-opinion-after-comments", date(2026, 12, 27), date(2027, 1, 4)),  # 1 January
        ("fdi-after-completion", date(2025, 12, 29), date(2027, 3, 29)),  # as above
        ("fdi-after-completion", date(2027, 1, 17), date(2028, 4, 18)),  # Easter Monday 2028
        ("fdi-comments-information", date(2026, 11, 20), date(2026, 12, 10)),
        ("fdi-opinion-after-comments", date(2026, 12, 25), date(2026, 12, 30)),
        ("fdi-after-completion", date(2026, 11, 30), date(2028, 2, 29)),
        ("fdi-first-phase", date(2028, 1, 17), date(2028, 3, 2)),
        ("aci-immediate", date(2026, 12, 31), date(2027, 2, 28)),
        # a working day too few or too many shows: Christmas, its Monday and New Year lie between
        ("nsia-review", date(2026, 12, 1), date(2027, 1, 14)),
        ("nsia-additional", date(2027, 1, 14), date(2027, 3, 18)),
        ("nsia-call-in-awareness", date(2026, 3, 1), date(2026, 8, 31)),
        ("nsia-call-in-awareness", date(2026, 8, 31), date(2027, 2, 28)),
        ("nsia-call-in", date(2024, 2, 29), date(2029, 2, 28)),
        ("cfius-comments", date(2026, 11, 20), date(2026, 12, 7)),  # Thanksgiving lies between
        ("cfius-declaration", date(2026, 11, 26), date(2026, 12, 28)),  # 26 December: Saturday
        ("cfius-review", date(2026, 11, 17), date(2027, 1, 4)),  # 1 January, then a weekend
        ("cfius-investigation", date(2027, 1, 1), date(2027, 2, 16)),  # Washington's Birthday
        ("canada-notice", date(2026, 11, 26), date(2027, 1, 10)),
        ("canada-governor", date(2026, 11, 26), date(2026, 12, 16)),
        ("australia-decision", date(2026, 12, 26), date(2027, 1, 25)),
        ("australia-decision", date(2026, 12, 27), date(2027, 1, 27)),  # Australia Day
        ("alert-green", date(2026, 11, 25), date(2026, 11, 30)),
        ("retention-sealed", date(2026, 11, 25), date(2027, 2, 23)),
        ("retention-application", date(2024, 2, 29), date(2026, 2, 28)),
        ("retention-access-log", date(2026, 11, 25), date(2027, 11, 25)),
    ],
)
def test_deadline_of_a_card(rule: str, start: date, end: date) -> None:
    assert rules()  # read once
    if rule == "retention-application":  # older than our own rule: the sum alone
        held = rule_version(rule, 1)
        assert due(held, noon(start), now=NOW).limits[0].last_day == end
        return
    assert ends(rule, start) == [end]


def test_information_notice_takes_its_days_out_of_the_initial_period() -> None:
    start = date(2027, 2, 1)
    asked, confirmed = date(2027, 2, 8), date(2027, 2, 13)  # Monday; the day after Friday
    assert ends("nsia-initial", start) == [date(2027, 3, 12)]
    stops = (Stop(noon(asked), noon(confirmed)),)
    assert ends("nsia-initial", start, stops=stops) == [date(2027, 3, 19)]


def test_waiting_in_japan_is_normally_over_in_a_month_and_surely_in_five() -> None:
    assert ends("japan-waiting", date(2026, 11, 30)) == [date(2026, 12, 29), date(2027, 4, 29)]
    assert ends("japan-waiting", date(2026, 11, 2)) == [date(2026, 12, 2), date(2027, 4, 2)]


def test_extraordinary_investigation_gains_fifteen_days_once() -> None:
    more = Extension(Period(15, Unit.DAYS))
    start = date(2026, 11, 17)
    assert ends("cfius-investigation", start, extensions=(more,)) == [date(2027, 1, 19)]
    with pytest.raises(EventsRefused, match="1 times at most"):
        ends("cfius-investigation", start, extensions=(more, more))


def test_christmas_moves_a_deadline_where_the_country_is_named() -> None:
    assert ends("fdi-comments", date(2026, 11, 20), calendar="BE") == [date(2026, 12, 28)]


def test_holidays_of_the_institutions_are_told_as_unverified() -> None:
    def keys(rule_id: str, day: date) -> list[str]:
        rule, start = rule_for(rule_id, day), noon(day)
        return [each.key for each in due(rule, start, now=start).limits[-1].steps]

    assert keys("aci-examination", date(2026, 11, 6))[-2:] == [
        "caution.secondary", "caution.unverified"]  # fmt: skip
    unread = keys("aci-evaluation", date(2025, 10, 6))
    assert unread.count("caution.unverified") == 1, "said once, though rule and calendar are unread"
    assert "roll.holiday" in unread


def test_council_has_eight_weeks_and_normally_ten_at_most() -> None:
    start = date(2026, 1, 20)
    assert ends("aci-council", start) == [date(2026, 3, 17), date(2026, 3, 31)]
    rule = rule_for("aci-council", start)
    day_after = datetime(2026, 4, 1, 12, tzinfo=UTC)
    assert due(rule, noon(start), now=day_after).state is State.SOFT_OVERDUE
    late = Events(met_at=day_after)
    assert due(rule, noon(start), late, now=day_after).state is State.SOFT_LATE


def test_lifeline_is_decided_in_five_to_ten_working_days() -> None:
    start = date(2026, 11, 25)
    assert ends("lifeline-decision", start) == [date(2026, 12, 2), date(2026, 12, 9)]
    assert ends("lifeline-decision", date(2026, 12, 21), calendar="FR") == [
        date(2026, 12, 29),
        date(2027, 1, 6),
    ]


@pytest.mark.parametrize(
    ("rule", "hours"),
    [("alert-red", 1), ("alert-amber", 24), ("lifeline-acknowledge", 24), ("lifeline-triage", 48)],
)
def test_hours_run_from_the_moment(rule: str, hours: int) -> None:
    start = datetime(2026, 10, 24, 22, 17, tzinfo=UTC)  # the night in which summer time ends
    assert due(rule_for(rule, start.date()), start, now=NOW).due_at == start + timedelta(
        hours=hours
    )


def test_what_is_screened_when_the_law_changes_keeps_the_periods_of_the_old_one() -> None:
    went_on = rule_for("fdi-comments-information", date(2028, 1, 20))
    assert (went_on.version, went_on.source.law) == (3, "Regulation (EU) 2019/452")
    assert "Article 30(2)" in went_on.source.note
    assert ends("fdi-comments-information", date(2028, 1, 20)) == [date(2028, 2, 9)]
    assert ends("fdi-after-completion", date(2028, 1, 17)) == [date(2029, 4, 17)]


@pytest.mark.parametrize(
    ("rule", "start", "state", "commission"),
    [
        ("fdi-2026-intent", date(2028, 1, 17), date(2028, 2, 1), date(2028, 2, 7)),  # a Sunday
        ("fdi-2026-comments", date(2028, 1, 17), date(2028, 2, 7), date(2028, 2, 16)),
        ("fdi-2026-comments-information", date(2028, 2, 1), date(2028, 2, 16), date(2028, 2, 28)),
    ],
)
def test_the_commission_has_longer_than_a_member_state(
    rule: str, start: date, state: date, commission: date
) -> None:
    assert ends(rule, start) == [state, commission]
    assert ends("fdi-2026-after-completion", start.replace(day=17, month=1)) == [date(2029, 4, 17)]


def test_the_rule_of_the_day_of_the_start_applies() -> None:
    assert rule_for("fdi-comments", date(2028, 1, 16)).source.law == "Regulation (EU) 2019/452"
    assert rule_for("fdi-first-phase", date(2028, 1, 17)).source.law == "Regulation (EU) 2026/1386"
    with pytest.raises(RuleUnknown, match=r"in force: 2020-10-11 to .*; 2028-01-17 to 2028-01-18"):
        rule_for("fdi-after-completion", date(2028, 1, 18))
    with pytest.raises(RuleUnknown, match=r"there are: aci-.*wgad-reply"):
        rule_for("fdi", date(2026, 1, 1))
    with pytest.raises(RuleUnknown, match="no version 9"):
        rule_version("ccf-access", 9)


def test_request_for_information_stops_the_comments() -> None:
    start, stopped = date(2026, 3, 2), datetime(2026, 3, 10, 9, tzinfo=UTC)
    stop = Stop(stopped, stopped + timedelta(days=7))
    assert ends("fdi-comments", start) == [date(2026, 4, 6)]
    assert ends("fdi-comments", start, stops=(stop,)) == [date(2026, 4, 13)]


@pytest.mark.parametrize(
    "rule",
    ["fdi-intent", "fdi-comments", "fdi-comments-information", "fdi-opinion-after-comments",
     "fdi-after-completion"],
)  # fmt: skip
def test_a_clock_keeps_the_days_of_the_version_under_which_it_started(rule: str) -> None:
    first, second = (rule_for(rule, date(2026, 11, day)) for day in (26, 27))
    assert (first.version, first.calendar) == (1, "weekends")
    assert (second.version, second.calendar) == (2, "EU")
    assert replace(first, version=2, calendar="EU", valid_from=second.valid_from,
                   valid_to=second.valid_to) == second  # fmt: skip


def test_a_standing_clock_is_reckoned_as_if_it_went_on_now_and_is_never_overdue() -> None:
    rule, start = rule_for("fdi-comments", date(2026, 3, 2)), noon(date(2026, 3, 2))
    events = Events(stops=(Stop(noon(date(2026, 3, 10))),))
    found = due(rule, start, events, now=noon(date(2026, 11, 25)))
    assert found.state is State.STOPPED
    assert found.limits[0].provisional
    assert found.limits[0].last_day == date(2026, 12, 22)
    working = rule_for("lifeline-decision", date(2026, 3, 2))
    assert due(working, start, events, now=noon(date(2026, 11, 25))).limits[1].provisional


def test_a_stop_before_the_start_or_after_the_end_changes_nothing() -> None:
    start = date(2026, 3, 2)
    before = Stop(noon(date(2026, 1, 1)), noon(date(2026, 1, 9)))
    after = Stop(noon(date(2026, 9, 1)), noon(date(2026, 9, 9)))
    assert ends("fdi-comments", start, stops=(before, after)) == ends("fdi-comments", start)
    assert ends("lifeline-decision", start, stops=(before, after)) == [
        date(2026, 3, 9),
        date(2026, 3, 16),
    ]


def test_a_stop_that_began_before_the_start_counts_from_the_start() -> None:
    start = date(2026, 3, 2)
    stop = Stop(noon(date(2026, 1, 1)), noon(date(2026, 3, 5)))
    assert ends("fdi-comments", start, stops=(stop,)) == [date(2026, 4, 9)]


def test_the_government_may_have_a_month_more_once() -> None:
    month = Extension(Period(1, Unit.MONTHS))
    start = date(2026, 11, 25)
    assert ends("wgad-reply", start, extensions=(month,)) == [date(2027, 2, 24)]
    with pytest.raises(EventsRefused, match="1 times at most"):
        ends("wgad-reply", start, extensions=(month, month))
    with pytest.raises(EventsRefused, match="1 months at most"):
        ends("wgad-reply", start, extensions=(Extension(Period(2, Unit.MONTHS)),))
    with pytest.raises(EventsRefused, match="at least 1"):
        ends("wgad-reply", start, extensions=(Extension(Period(0, Unit.MONTHS)),))
    with pytest.raises(EventsRefused, match="cannot be extended"):
        ends("ccf-access", start, extensions=(month,))
    by_hours = make_rule((3, Unit.HOURS), extension=Lengthening(1, "us"))
    with pytest.raises(EventsRefused, match="counted as its limits"):
        due(by_hours, noon(start), Events(extensions=(month,)), now=NOW)


def test_impossible_stops_are_refused_by_name() -> None:
    at = [noon(date(2026, 3, day)) for day in range(3, 9)]
    with pytest.raises(EventsRefused, match="ccf-access cannot be stopped"):
        ends("ccf-access", date(2026, 3, 2), stops=(Stop(at[0], at[1]),))
    for stops, told in (
        ((Stop(at[1], at[0]),), "stop 1 ends before it begins"),
        ((Stop(at[0], at[2]), Stop(at[1], at[3])), "stop 2 begins before stop 1"),
        ((Stop(at[0]), Stop(at[1], at[3])), "stop 2 begins before stop 1"),
    ):
        with pytest.raises(EventsRefused, match=told):
            ends("fdi-comments", date(2026, 3, 2), stops=stops)
    with pytest.raises(EventsRefused, match="met before it started"):
        ends("fdi-comments", date(2026, 3, 2), met_at=noon(date(2026, 3, 1)))


def test_states_follow_each_other() -> None:
    rule = make_rule(
        Limit(Period(2, Unit.DAYS), Firmness.SOFT),
        (4, Unit.DAYS),
        Limit(Period(9, Unit.DAYS), long_stop=True),
    )
    start = noon(date(2026, 3, 2))
    days = {n: noon(date(2026, 3, n)) for n in range(1, 9)}
    assert due(rule, None, now=NOW).state is State.NOT_STARTED
    assert due(rule, None, now=NOW).due_at is None
    assert due(rule, start, now=days[1]).state is State.NOT_STARTED
    assert due(rule, start, now=days[3]).state is State.RUNNING
    assert due(rule, start, now=days[5]).state is State.SOFT_OVERDUE
    assert due(rule, start, now=days[7]).state is State.OVERDUE
    met = {n: Events(met_at=days[n]) for n in (3, 5, 7)}
    assert due(rule, start, met[3], now=days[8]).state is State.MET
    assert due(rule, start, met[5], now=days[8]).state is State.SOFT_LATE
    assert due(rule, start, met[7], now=days[8]).state is State.LATE
    assert due(rule, start, met[7], now=days[3]).state is State.RUNNING
    stood = Events(stops=(Stop(days[3], days[4]),))
    assert due(rule, start, stood, now=days[5]).state is State.RUNNING
    found = due(rule, start, now=days[3])
    assert found.soft_due_at is not None
    assert found.due_at is not None
    assert found.soft_due_at < found.due_at < found.limits[2].ends_at


def test_the_hour_of_the_event_may_be_left_out() -> None:
    rule = make_rule((2, Unit.HOURS), counting=Counting.NEXT_HOUR)
    start = datetime(2026, 3, 2, 9, 40, tzinfo=UTC)
    assert due(rule, start, now=NOW).due_at == datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_day_of_the_event_may_be_the_first() -> None:
    rule = make_rule((3, Unit.DAYS), counting=Counting.SAME_DAY)
    assert due(rule, noon(date(2026, 3, 2)), now=NOW).limits[0].last_day == date(2026, 3, 4)


def test_the_day_of_the_event_is_that_of_the_authority() -> None:
    rule, late = make_rule((1, Unit.DAYS)), datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert due(rule, late, now=NOW).limits[0].last_day == date(2026, 3, 4)
    assert due(rule, late, now=NOW, zone="UTC").limits[0].last_day == date(2026, 3, 3)


def test_a_stop_at_the_end_of_an_hour_comes_too_late() -> None:
    rule, start = make_rule((1, Unit.HOURS)), noon(date(2026, 3, 2))
    end = start + timedelta(hours=1)
    events = Events(stops=(Stop(end, end + timedelta(hours=9)),))
    assert due(rule, start, events, now=NOW).due_at == end


def test_a_holiday_is_named_and_rolled_over() -> None:
    rule = make_rule((1, Unit.DAYS), roll=Roll.NEXT_WORKING_DAY, calendar="FR")
    found = due(rule, noon(date(2026, 7, 13)), now=NOW).limits[0]
    assert found.last_day == date(2026, 7, 15)
    assert any(step.values.get("holiday") == "National Day" for step in found.steps)


def test_calendars_and_zones_are_found_or_refused_with_a_remedy() -> None:
    assert calendar_named("none") is EVERY_DAY
    assert calendar_named("XR").holiday_on(date(2026, 12, 25)) == ""
    assert not calendar_named("IR").is_working(date(2026, 11, 27))  # a Friday
    with pytest.raises(CalendarUnknown, match="two letters"):
        calendar_named("QQ")
    assert zone_of("FR") == "Europe/Paris"
    assert zone_of("XR") == "UTC"
    with pytest.raises(ZoneUnknown, match=r"US has \d+ time zones; name one"):
        zone_of("US")
    with pytest.raises(ZoneUnknown, match="No time zone is known of 'QQ'"):
        zone_of("QQ")
    for bad in ("Mars/Olympus", "../etc/passwd", ""):
        with pytest.raises(ZoneUnknown, match="such as Europe/Paris"):
            zone_named(bad)


def test_every_step_has_a_sentence_and_every_sentence_can_be_reached() -> None:
    status = make_rule((1, Unit.DAYS)).source
    rare = [
        make_rule((1, Unit.YEARS), roll=Roll.NEXT_WORKING_DAY, calendar="FR"),
        make_rule((1, Unit.HOURS)),
        make_rule((1, Unit.HOURS), counting=Counting.NEXT_HOUR),
        make_rule((9, Unit.WORKING_DAYS), calendar="FR", counting=Counting.SAME_DAY),
        make_rule((1, Unit.MONTHS), counting=Counting.SAME_DAY),
        make_rule(Limit(Period(5, Unit.DAYS), Firmness.SOFT, long_stop=True)),
        make_rule((1, Unit.WEEKS), (1, Unit.MONTHS), extension=Lengthening(1, "us")),
        *(make_rule((1, Unit.WORKING_DAYS), source=_with(status, each)) for each in SourceStatus),
    ]
    seen = set()
    for rule in rare:
        for start in (date(2024, 2, 29), date(2026, 1, 31), date(2025, 7, 13), date(2025, 5, 8)):
            at = noon(start)
            for events in (
                Events(),
                Events(stops=(Stop(at, at + timedelta(days=2)), Stop(at + timedelta(days=2)))),
                Events(extensions=(Extension(Period(1, Unit.DAYS)),) if rule.extension else ()),
            ):
                found = due(rule, at, events, now=NOW)
                for step in (step for limit in found.limits for step in limit.steps):
                    said = explained(step, rule, "Europe/Paris")
                    assert "%(" not in said
                    seen.add(step.key)
    assert seen == set(_SENTENCES)


def _with(source: Source, status: SourceStatus) -> Source:
    return replace(source, status=status)
