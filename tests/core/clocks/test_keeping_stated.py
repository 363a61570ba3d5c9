"""A period of keeping is stated as the database writes it: microseconds, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from undaunted.core.clocks.rules import keeping_facts


def test_moments_are_microseconds_since_1970_and_what_is_not_stays_empty() -> None:
    begun = datetime(1970, 1, 2, tzinfo=UTC)
    due = begun + timedelta(microseconds=1)
    assert keeping_facts(begun, due, None, None, 3) == ("86400000000", "86400000001", "", "", "3")
    assert keeping_facts(begun, due, due, begun, 0)[2:] == ("86400000001", "86400000000", "0")
