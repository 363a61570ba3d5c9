"""Modes by consent, months compared, private raises told in fives, the shipped days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Audience,
    Basis,
    FieldGroup,
    Grant,
    IdentityLevel,
    Objection,
    Purpose,
    Reason,
)
from undaunted.prisoners.campaigns.rules import (
    FEWEST,
    LEAST,
    Channel,
    Level,
    Mode,
    OccasionUnknown,
    RaiseLine,
    Reply,
    SourceStatus,
    Verdict,
    audiences_named,
    compare_attempts,
    coverage,
    covered,
    in_fives,
    may_be_raised,
    may_be_told,
    occasion_named,
    occasions,
    open_lines,
    read_occasions,
    replies,
    shown_levels,
)
from undaunted.prisoners.campaigns.rules.rows import (
    Fault,
    KnownRow,
    RowProblem,
    SheetRow,
    as_data,
    from_data,
    raise_key,
)
from undaunted.prisoners.campaigns.writers import known_told, problem_told

__all__: list[str] = []

ON = date(2026, 12, 3)
SYLDAVIA = Audience.parse("government:XS")
RURITANIA = Audience.parse("government:XR")
OFFICE = Audience.parse("body:ohchr")


def _grant(
    purpose: Purpose = Purpose.CAMPAIGN,
    audience: Audience = PUBLIC_AUDIENCE,
    level: IdentityLevel = IdentityLevel.NAME,
    *groups: FieldGroup,
) -> Grant:
    return Grant(
        id=f"{purpose}-{audience}",
        purposes=frozenset({purpose}),
        audiences=frozenset({audience}),
        field_groups=frozenset(groups or (FieldGroup.IDENTITY, FieldGroup.DETENTION)),
        level=level,
        basis=Basis.SELF,
        given_on=date(2026, 1, 1),
        expires_on=date(2027, 1, 1),
    )


QUIET = _grant(Purpose.QUIET_DIPLOMACY, SYLDAVIA)


def test_public_needs_campaigns_for_the_public_with_identity_and_detention() -> None:
    whole = _grant()
    found = covered(Mode.PUBLIC, [whole], on=ON)
    assert (found.allowed, found.by_which_grant) == (True, whole.id)
    for other in (
        _grant(Purpose.REGISTRY),
        _grant(Purpose.CAMPAIGN, SYLDAVIA),
        _grant(Purpose.CAMPAIGN, PUBLIC_AUDIENCE, IdentityLevel.AGGREGATE),
        _grant(Purpose.CAMPAIGN, PUBLIC_AUDIENCE, IdentityLevel.NAME, FieldGroup.IDENTITY),
        replace(whole, revoked_on=ON),
        replace(whole, expires_on=ON),
        QUIET,
    ):
        assert not covered(Mode.PUBLIC, [other], on=ON)
    assert (
        covered(Mode.PUBLIC, [whole], on=ON, objections=[Objection(ON)]).reason is Reason.OBJECTED
    )


def test_private_only_needs_quiet_diplomacy_and_never_by_the_state_that_is_feared() -> None:
    asked = {"on": ON, "origin_states": {"XR"}}
    assert covered(Mode.PRIVATE_ONLY, [QUIET], **asked)  # type: ignore[arg-type]
    assert not covered(Mode.PRIVATE_ONLY, [_grant()], **asked)  # type: ignore[arg-type]
    to_origin = _grant(Purpose.QUIET_DIPLOMACY, RURITANIA)
    found = covered(Mode.PRIVATE_ONLY, [to_origin], **asked)  # type: ignore[arg-type]
    assert found.reason is Reason.ORIGIN_STATE
    assert covered(Mode.PRIVATE_ONLY, [], on=ON).reason is Reason.NO_GRANT
    assert covered(Mode.SILENT, [], on=ON)


def test_least_of_what_named_audiences_may_see_is_told() -> None:
    by_code = replace(
        _grant(Purpose.QUIET_DIPLOMACY, Audience.parse("body:ohchr")), level=IdentityLevel.CODE
    )
    asked = {"on": ON, "origin_states": {"XR"}}
    levels = shown_levels(Mode.PRIVATE_ONLY, [QUIET, by_code], **asked)  # type: ignore[arg-type]
    assert levels[FieldGroup.IDENTITY] is IdentityLevel.CODE
    assert levels[FieldGroup.BIOGRAPHY] is IdentityLevel.NONE
    assert shown_levels(Mode.PUBLIC, [_grant()], on=ON)[FieldGroup.IDENTITY] is IdentityLevel.NAME
    assert set(shown_levels(Mode.SILENT, [_grant()], on=ON).values()) == {IdentityLevel.NONE}


@pytest.mark.parametrize("channel", Channel)
def test_silent_is_raised_by_nobody_and_private_only_in_private(channel: Channel) -> None:
    assert not may_be_raised(Mode.SILENT, channel)
    assert may_be_raised(Mode.PUBLIC, channel)
    assert may_be_raised(Mode.PRIVATE_ONLY, channel) == (channel is Channel.PRIVATE)


def _days(now: int, before: int) -> list[date]:
    return [date(2026, 5, 4)] * now + [date(2025, 5, 4)] * before


def test_twelve_months_are_held_against_the_twelve_before_by_whole_months() -> None:
    days = [date(2026, 11, 30), date(2025, 12, 1), date(2025, 11, 30), date(2024, 11, 30)]
    found = compare_attempts([*days, ON], until=ON, logged_since=date(2024, 1, 1))
    assert (found.now, found.before, found.until) == (2, 1, date(2026, 12, 1))
    assert [month.first for month in found.months][::11] == [date(2025, 12, 1), date(2026, 11, 1)]
    assert (found.months[-1].now, found.months[-1].before) == (1, 1)
    assert found.verdict is Verdict.TOO_FEW


@pytest.mark.parametrize(
    ("now", "before", "verdict", "chance"),
    [
        (6, 0, Verdict.MORE, 2 / 64),
        (0, 6, Verdict.FEWER, 2 / 64),
        (5, 0, Verdict.TOO_FEW, None),
        (9, 4, Verdict.NO_CLEAR_CHANGE, 0.2668),
        (30, 30, Verdict.NO_CLEAR_CHANGE, 1.0),
        (20, 5, Verdict.MORE, 0.0041),
    ],
)
def test_split_is_told_with_how_far_chance_goes(
    now: int, before: int, verdict: Verdict, chance: float | None
) -> None:
    found = compare_attempts(_days(now, before), until=ON, logged_since=date(2024, 1, 1))
    assert found.verdict is verdict
    assert found.p_value == (pytest.approx(chance, abs=1e-4) if chance else chance)
    assert LEAST == 6


def test_log_that_began_within_the_year_before_is_not_compared() -> None:
    days = _days(20, 1)
    late, in_time = date(2025, 1, 2), date(2024, 12, 31)
    young = compare_attempts(days, until=ON, logged_since=late)
    assert (young.verdict, young.p_value) == (Verdict.LOG_TOO_YOUNG, None)
    assert compare_attempts(days, until=ON).verdict is Verdict.LOG_TOO_YOUNG
    assert compare_attempts(days, until=ON, logged_since=in_time).verdict is Verdict.MORE


@settings(max_examples=15)
@given(st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 31)), max_size=40), st.randoms())
def test_order_of_the_log_says_nothing(days: list[date], chance: object) -> None:
    mixed = list(days)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    asked = {"until": ON, "logged_since": date(2024, 1, 1)}
    assert compare_attempts(mixed, **asked) == compare_attempts(days, **asked)


def test_private_raises_are_told_in_fives_and_none_below_five() -> None:
    told = [in_fives(number) for number in range(13)]
    assert told == [0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10]
    assert {after - before for before, after in pairwise(told)} <= {0, FEWEST}


def _line(channel: Channel, country: str = "XS", reply: Reply | None = None) -> RaiseLine:
    return RaiseLine(
        ON, channel, Level.MINISTER, "Ministry", "XR", "Somebody", country, reply=reply
    )


def test_numbers_of_the_log_are_of_what_is_handed_in() -> None:
    lines = [
        _line(Channel.PUBLIC),
        _line(Channel.PRIVATE, "XF", Reply.VISIT),
        _line(Channel.MULTILATERAL, "XB", Reply.VISIT),
        _line(Channel.PUBLIC, "XS", Reply.NONE),
    ]
    assert len(open_lines(lines)) == 3
    assert list(coverage(open_lines(lines)).items()) == [("XS", 2), ("XB", 1)]
    ladder = replies(lines)
    assert list(ladder)[:2] == [None, Reply.NONE]
    assert (ladder[None], ladder[Reply.NONE], ladder[Reply.VISIT]) == (1, 1, 2)
    assert sum(ladder.values()) == len(lines)


def test_both_days_are_shipped_with_sources_how_they_were_read_and_what_is_doubted() -> None:
    assert set(occasions()) == {"3-december", "30-october"}
    december, october = occasion_named("3-december"), occasion_named("30-october")
    assert (december.in_year(2026), october.in_year(2026)) == (ON, date(2026, 10, 30))
    assert "No government" in december.sheet.doubt
    assert "adoption was not seen" in october.sheet.doubt
    assert SourceStatus.UNVERIFIED in {each.status for each in october.sheet.sources}
    with pytest.raises(OccasionUnknown, match="it has 3-december, 30-october"):
        occasion_named("1-april")


WRITTEN = """[[occasions]]
code = "x"
title = "X"
month = 12
day = 3
doubt = "{doubt}"
[[occasions.sources]]
publisher = "P"
title = "T"
published = "2020"
url = "https://example.org/"
status = "{status}"
read_on = "{read_on}"
"""


@pytest.mark.parametrize(
    ("doubt", "status", "read_on", "told"),
    [
        ("", "copy", "2026-01-01", "say what is doubted"),
        ("?", "copy", "", "read_on"),
        ("?", "unverified", "2026-01-01", "read_on"),
    ],
)
def test_day_without_doubt_or_reading_is_refused(
    doubt: str, status: str, read_on: str, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        read_occasions(WRITTEN.format(doubt=doubt, status=status, read_on=read_on))


def test_row_travels_as_plain_values_and_a_problem_says_where_what_and_how() -> None:
    row = SheetRow(
        7, ON, Channel.PRIVATE, Level.HEAD, "President", "XR", "King", "XS", "XR-1", "",
        Reply.RELEASE, ON + timedelta(1), "flew home",
    )  # fmt: skip
    line, texts = from_data(as_data(row))
    assert (line, texts["day"], texts["reply"], texts["note"]) == (
        7,
        "2026-12-03",
        "release",
        "flew home",
    )
    assert from_data(as_data(replace(row, reply=None, reply_day=None)))[1]["reply_day"] == ""
    told = problem_told(RowProblem(7, "day", Fault.NO_DAY, "x"))
    assert told == "Line 7, day: “x” is no day. Write it as 2026-12-03."
    # Every fault has its sentence, whole and with its remedy.
    for fault in Fault:
        assert "%(" not in problem_told(RowProblem(7, "row", fault, "x", "y"))
    known = KnownRow(3, UUID(int=1))
    assert known_told(known) == f"Line 3: already taken in as {UUID(int=1)}."
    assert known_told(replace(known, reply_is_new=True)).endswith("record it there.")
    assert raise_key("  Ministry  OF Justice", None) == ("ministry of justice", "")


def test_in_private_only_whoever_the_person_named_is_told_and_nobody_else() -> None:
    held = (_grant(Purpose.QUIET_DIPLOMACY, SYLDAVIA), _grant(Purpose.QUIET_DIPLOMACY, OFFICE))

    def told(mode: Mode = Mode.PRIVATE_ONLY, country: str = "", *names: str) -> bool:
        return may_be_told(mode, held, on=ON, country=country, names=names, origin_states={"XR"})

    assert told(country="xs")
    assert told(Mode.PRIVATE_ONLY, "XF", "OHCHR")
    assert not told(country="XF")
    assert not told(country="XR")
    assert not told(Mode.PRIVATE_ONLY, "", "government", "XS", "")
    assert (told(Mode.PUBLIC, "XF"), told(Mode.SILENT, "XS")) == (True, False)
    assert audiences_named(held) == (OFFICE, SYLDAVIA)
