"""How those who left the public count got out, by type (rule K4).

Only people who were counted appear: an announced number of releases that took in others is told
apart by what is missing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections
from django.utils import timezone

from undaunted.prisoners.registry.rules.counts import DEFAULT_STANDARD, EVERYWHERE

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor

__all__ = ["releases_by_type"]

_STATEMENT = """
    SELECT coalesce(nullif(s.release_type, ''), 'unknown'), count(*)
    FROM published_movements(%(standard)s, %(known_at)s) m
    LEFT JOIN LATERAL (
        SELECT p.release_type FROM published_spell p
        WHERE p.case_id = m.case_id AND p.in_stock
          AND p.end_earliest <= m.day AND m.day <= p.end_latest
        ORDER BY p.release_type = '', p.id LIMIT 1) s ON true
    WHERE m.country = %(country)s AND m.kind = 'released'
      AND m.day > %(since)s AND m.day <= %(until)s
    GROUP BY 1 ORDER BY 2 DESC, 1
"""


def releases_by_type(
    _actor: Actor,
    *,
    since: date,
    until: date,
    country: str | None = None,
    known_at: datetime | None = None,
    standard: str = DEFAULT_STANDARD,
) -> dict[str, int]:
    """Give by type the people who left the count of `country` alive after `since`, up to `until`.

    They add up to the line `released` of the flows over the same days.
    """
    asked: dict[str, Any] = {
        "standard": standard,
        "country": country or EVERYWHERE,
        "since": since,
        "until": until,
        "known_at": known_at or timezone.now(),
    }
    with connections["public"].cursor() as cursor:
        cursor.execute(_STATEMENT, asked)
        return {str(kind): int(number) for kind, number in cursor.fetchall()}
