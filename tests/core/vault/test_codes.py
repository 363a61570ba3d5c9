"""What a code of the application states is written as the database writes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection

from undaunted.core.vault.rules import moment_in_code, text_in_code

pytestmark = pytest.mark.usefixtures("ledger")

MOMENTS = (
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(1961, 3, 4, 5, 6, 7, 8, tzinfo=UTC),
    datetime(2026, 11, 28, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 11, 28, 1, tzinfo=timezone(timedelta(hours=5, minutes=45))),
)


@pytest.mark.parametrize("at", MOMENTS)
def test_a_moment_is_stated_as_the_database_reckons_it(at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (extract(epoch FROM %s::timestamptz) * 1000000)::bigint", [at.isoformat()]
        )
        assert cursor.fetchone() == (moment_in_code(at),)


@pytest.mark.parametrize("told", ["", "a|b", "Виктор", "two\nlines"])
def test_a_text_is_stated_by_its_digest(told: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(sha256(convert_to(%s, 'UTF8')), 'hex')", [told])
        assert cursor.fetchone() == (text_in_code(told),)
