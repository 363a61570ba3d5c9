"""What was known at a moment: what stood then, and what came later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from undaunted.coercion.screening.rules.known import added_later, as_known, moment_in_utc


@dataclass(frozen=True)
class _Kept:
    name: str
    recorded_at: datetime
    replaced_at: datetime | None = None


def test_a_court_sees_what_stood_then_and_not_what_came_later() -> None:
    days = [datetime(2027, 1, day, tzinfo=UTC) for day in (1, 2, 3)]
    kept = [
        _Kept("first", days[0], days[2]),
        _Kept("replaced before", days[0], days[1]),
        _Kept("second", days[1]),
        _Kept("later", days[2]),
    ]
    assert [each.name for each in as_known(kept, days[1])] == ["first", "second"]
    assert [each.name for each in added_later(kept, days[1])] == ["later"]


def test_moments_are_told_in_utc_and_only_of_years_that_can_be_reckoned() -> None:
    plain, zoned = (datetime.fromisoformat(f"2026-11-26T12:00{each}") for each in ("", "+02:00"))
    assert moment_in_utc(plain) == datetime(2026, 11, 26, 12, tzinfo=UTC)
    assert moment_in_utc(zoned) == datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert moment_in_utc(datetime.fromisoformat("0001-01-01T00:00+23:59")) is None
