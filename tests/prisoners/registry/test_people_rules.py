"""What may be said of a person: a life whose days can be true, and names of known kinds."""

from __future__ import annotations

from datetime import date

import pytest

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.prisoners.registry.forms.people import NAME_KINDS
from undaunted.prisoners.registry.rules.claims import ClaimRefused, DayNotCome
from undaunted.prisoners.registry.rules.mapping import _NAMES
from undaunted.prisoners.registry.rules.people import DeathBeforeBirth, NameKind, check_life

TODAY = date(2026, 11, 1)


def _day(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


@pytest.mark.parametrize(
    ("birth", "death", "why", "field"),
    [
        ("2020", "1990", DeathBeforeBirth, "on"),
        ("1980-02", "1980-01-31", DeathBeforeBirth, "on"),
        ("2090", "", DayNotCome, "birth"),
        ("1980", "2027", DayNotCome, "on"),
    ],
)
def test_days_that_cannot_be_true_are_refused(
    birth: str, death: str, why: type[ClaimRefused], field: str
) -> None:
    with pytest.raises(why) as refusal:
        check_life(_day(birth), _day(death), TODAY, field="on")
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("birth", "death"),
    [("", ""), ("1980", ""), ("", "1990"), ("1980-02", "1980"), ("1990~", "1990")],
)
def test_days_that_may_be_true_stand(birth: str, death: str) -> None:
    check_life(_day(birth), _day(death), TODAY)


def test_the_desk_and_the_lists_know_the_same_kinds_of_names() -> None:
    assert [kind for kind, _label in NAME_KINDS] == [kind.value for kind in NameKind]
    assert set(_NAMES) < set(NameKind)
