"""What of a state's control is told as a change: another grip, another capacity held."""

from __future__ import annotations

from datetime import date

from undaunted.coercion.screening.rules import (
    Change,
    Grip,
    Hold,
    Point,
    changed_points,
    changes_between,
    state_code,
)
from undaunted.engines.ownership import WHOLE, Exposure

__all__: list[str] = []

PORT, MINE = ("STATE:XR", "PORT"), ("STATE:XR", "MINE")
NONE = Hold(Grip.NONE)
MAY, MUST = Hold(Grip.MAY, 45, 55), Hold(Grip.MUST, 51, 51)


def test_control_that_came_grew_or_went_is_a_change() -> None:
    assert changes_between({PORT: MAY}, {PORT: MUST, MINE: MUST}) == (
        Change("STATE:XR", "MINE", NONE, MUST),
        Change("STATE:XR", "PORT", MAY, MUST),
    )
    assert changes_between({PORT: MUST}, {}) == (Change("STATE:XR", "PORT", MUST, NONE),)


def test_shares_that_moved_under_the_same_control_are_none() -> None:
    assert changes_between({PORT: MUST}, {PORT: Hold(Grip.MUST, 60, 60)}) == ()
    assert changes_between({}, {PORT: Hold(Grip.NONE, 5, 5)}) == ()


def test_a_level_passed_upward_is_a_change_with_the_same_grip_or_without_any() -> None:
    tenth, quarter = WHOLE // 10, WHOLE // 4
    held = Hold(Grip.NONE, tenth + 1, tenth + 1)
    assert changes_between({}, {PORT: held}) == (Change("STATE:XR", "PORT", NONE, held),)
    assert changes_between({}, {PORT: Hold(Grip.NONE, tenth, tenth)}) == (), "it is exceeded"
    assert changes_between({PORT: held}, {}) == (), "what is sold is none"
    more = Hold(Grip.NONE, tenth + 1, quarter + 1)
    assert len(changes_between({PORT: held}, {PORT: more})) == 1, "it may have passed"
    assert changes_between({PORT: more}, {PORT: Hold(Grip.NONE, quarter, quarter + 2)}) == ()


def test_a_state_is_told_by_its_identifier_alone() -> None:
    assert state_code("STATE:XR") == "XR"
    assert state_code("XR-BANK") == ""
    assert state_code("BANK-STATE:XR") == ""


def _point(day: int, must: float, may: float, total: float = 12) -> Point:
    return Point(date(2027, 1, day), Exposure(must, may, total))


def test_only_days_are_told_on_which_another_capacity_is_held() -> None:
    points = [
        _point(1, 0, 0),
        _point(2, 0, 4),
        _point(3, 0, 4, 20),
        _point(4, 4, 4),
        _point(5, 0, 0),
        _point(6, 0, 0),
    ]
    assert [each.day.day for each in changed_points(points)] == [2, 4, 5]
    assert changed_points([]) == ()
