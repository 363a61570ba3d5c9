"""Who counts by country and year: published people exactly, the others without who they are.

The published are asked of the public connection. The others come through one function of the
database, for somebody who may build an edition; what it gives leaves here as digests under a key
that the database never sees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.prisoners.registry.queries.stock import rows
from undaunted.prisoners.registry.rules.counts import DEFAULT_STANDARD, EVERYWHERE
from undaunted.prisoners.registry.rules.unpublished import (
    Counted,
    DrawKeyChanged,
    Measure,
    NotForThePublic,
    YearCell,
    asking_mac,
    draw_digest,
    draw_key,
    key_fingerprint,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["may_count_unpublished", "published_cells", "unpublished_people"]

_HELD = """
    SELECT coalesce(s.country, '*'), y, count(*)
    FROM published_segment s JOIN unnest(%(years)s::int[]) AS y
      ON s.start_on <= make_date(y, 12, 31) AND s.end_on > make_date(y, 12, 31)
    WHERE s.standard = %(standard)s AND s.certain AND s.tier IN ('A', 'B')
      AND s.known_from <= %(known_at)s AND %(known_at)s < s.known_to
    GROUP BY GROUPING SETS ((s.country, y), (y))
"""
_ARRESTED = """
    SELECT country, extract(year FROM day)::int AS year, count(DISTINCT case_id)
    FROM published_movements(%(standard)s, %(known_at)s)
    WHERE kind IN ('new', 'redetained') AND extract(year FROM day)::int = ANY (%(years)s)
    GROUP BY 1, 2
"""
_UNPUBLISHED = "SELECT * FROM registry_unpublished(%s, %s, %s, %s)"


def published_cells(
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    years: Sequence[int],
    known_at: datetime,
) -> dict[YearCell, int]:
    """Count the published people of each country and year, exactly; empty cells are absent."""
    asked = {"standard": DEFAULT_STANDARD, "known_at": known_at, "years": list(years)}
    found = {Measure.HELD: rows(_HELD, asked), Measure.ARRESTED: rows(_ARRESTED, asked)}
    return {
        YearCell(measure, country, year): persons
        for measure, counted in found.items()
        for country, year, persons in counted
    }


def may_count_unpublished(actor: Actor) -> bool:
    """Tell whether the actor may build an edition that counts unpublished people."""
    return not actor.governments and any(
        decide(actor, Verb.PROPOSE_PUBLICATION, Facts(holder=holder)).allowed
        for holder in actor.organisations
    )


def unpublished_people(actor: Actor, *, years: Sequence[int], known_at: datetime) -> Counted:
    """Give whoever counts without being published, each by a digest under the key of the draw.

    Raises `NotForThePublic`, `DrawKeyMissing`, `DrawKeyChanged`.
    """
    if not may_count_unpublished(actor):
        raise NotForThePublic(
            "people who are not published are counted only for somebody who may build an edition "
            "and works for no government; sign in, and give the organisation that keeps it"
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT salt, fingerprint FROM registry_draw_standing()")
        ((salt, remembered),) = cursor.fetchall()
        key = draw_key(settings.DRAW_KEY, salt)
        fingerprint = key_fingerprint(key)
        if remembered not in {"", fingerprint}:
            raise DrawKeyChanged(
                "UNDAUNTED_DRAW_KEY is not the key with which this database was counted before; "
                "put the former key back from your copy of var/secrets"
            )
        mac = asking_mac(settings.SESSION_BINDING_KEY, known_at, years, fingerprint, actor.person)
        cursor.execute(_UNPUBLISHED, [known_at, list(years), fingerprint, mac])
        found = cursor.fetchall()
    return _without_who_they_are(found, key)


def _without_who_they_are(found: list[tuple[bytes, str, str, int]], key: bytes) -> Counted:
    tokens = sorted({bytes(token) for token, *_ in found})
    place = {token: at for at, token in enumerate(tokens)}
    cells = {
        (place[bytes(token)], YearCell(Measure(measure), where, year))
        for token, measure, country, year in found
        for where in (country, EVERYWHERE)
    }
    return Counted(tuple(draw_digest(key, token) for token in tokens), tuple(sorted(cells)))
