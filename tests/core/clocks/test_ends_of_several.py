"""Deadlines in which each of several bodies has an end of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from tests.core.clocks.factories import noon
from undaunted.core.clocks.rules import Events, State, due, rule_for, zone_named
from undaunted.core.clocks.writers import day_words, ends_words

__all__: list[str] = []

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "state", "met"),
    [
        (date(2028, 2, 7), State.RUNNING, State.MET),
        (date(2028, 2, 8), State.RUNNING, State.MET),  # the Member States' time alone is over
        (date(2028, 2, 16), State.RUNNING, State.MET),
        (date(2028, 2, 17), State.OVERDUE, State.LATE),
    ],
)
def test_the_time_of_several_is_over_with_the_last_of_theirs(
    asked: date, state: State, met: State
) -> None:
    rule, start = rule_for("fdi-2026-comments", date(2028, 1, 17)), noon(date(2028, 1, 17))
    told = due(rule, start, now=noon(asked))
    assert (told.state, told.due_at) == (state, told.limits[1].ends_at)
    assert due(rule, start, Events(met_at=noon(asked)), now=noon(asked)).state is met
    assert ends_words(told) == "Member States: 7 February 2028 · Commission: 16 February 2028"


def test_a_deadline_of_one_end_is_told_without_whose_it_is() -> None:
    start = date(2028, 1, 17)
    assert ends_words(due(rule_for("fdi-first-phase", start), noon(start), now=NOW)) == (
        "2 March 2028"
    )
    assert not ends_words(due(rule_for("fdi-first-phase", start), None, now=NOW))


@pytest.mark.parametrize(("language", "comma"), [("en", ", "), ("ar", "، ")])
def test_a_moment_has_the_comma_of_the_language(language: str, comma: str) -> None:
    with override(language):
        assert f"{comma}01:00 (Europe/Brussels)" in day_words(NOW, zone_named("Europe/Brussels"))
