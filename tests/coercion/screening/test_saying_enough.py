"""Reasons and conditions say something; a condition begins to bind in time."""

from __future__ import annotations

from datetime import date

import pytest

from tests.coercion.screening.deciding import REASONS
from undaunted.coercion.screening.rules import (
    DecisionRefused,
    MitigationRefused,
    Terms,
    check_conditions,
    check_reasons,
    check_terms,
)

__all__: list[str] = []


def test_reasons_and_conditions_say_something() -> None:
    check_reasons(REASONS)
    check_conditions(())
    check_conditions(("The data stay in Freedonia.", "Two of seven directors."))
    for said in ("a" * 60, "- " * 40, "It is so."):
        with pytest.raises(DecisionRefused, match="reasons: give reasons"):
            check_reasons(said)
    for said in ("Data", "Data data data data data"):
        with pytest.raises(DecisionRefused, match="does not say what is to be done"):
            check_conditions((said,))
    with pytest.raises(DecisionRefused, match="one stands twice"):
        check_conditions((REASONS, REASONS))
    for day, says in (
        (date(2026, 1, 1), "binds from 2026-11-26"),
        (date(2999, 1, 1), "five years"),
    ):
        with pytest.raises(MitigationRefused, match=says):
            check_terms(Terms(starts_on=day), date(2026, 11, 26))


def test_a_condition_can_begin_to_bind_on_the_day_of_the_decision_and_five_years_later() -> None:
    day = date(2026, 11, 26)
    check_terms(Terms(), day)
    check_terms(Terms(starts_on=day, months=60, ends_on=date(2026, 11, 27)), day)
    check_terms(Terms(starts_on=date(2031, 11, 30)), day)
    with pytest.raises(MitigationRefused, match="2031-12-01 lies more than five years after"):
        check_terms(Terms(starts_on=date(2031, 12, 1)), day)
    with pytest.raises(MitigationRefused, match=r"months: .*; ends_on: "):
        check_terms(Terms(months=61, ends_on=day), day)
