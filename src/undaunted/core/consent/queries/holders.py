"""Reads for whoever holds a receipt, through the intake connection and its definer functions.

A receipt that opens nothing costs the same statements.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connections

from undaunted.core.vault.rules import INTAKE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["Held", "Reached", "held_under", "reached_under"]


@dataclass(frozen=True, slots=True)
class Held:
    """One agreement as its holder sees it, and the model text that was shown for it."""

    id: UUID
    purpose: str
    audience: str
    level: str
    field_groups: list[str]
    given_on: date
    until: date
    revoked_at: datetime | None
    pack: str
    pack_version: str
    language: str
    named: str


@dataclass(frozen=True, slots=True)
class Reached:
    """That one part of the platform has dealt with a withdrawal, when, and what it did."""

    grant: UUID
    part: str
    at: datetime
    done: Mapping[str, Any]


def held_under(_actor: Actor, lookup: bytes) -> tuple[Held, ...]:
    """Give what was agreed under a receipt; nothing where there is no such receipt."""
    rows = _rows("SELECT * FROM consent_held(%s)", lookup)
    return tuple(Held(*row) for row in rows)


def reached_under(_actor: Actor, lookup: bytes) -> tuple[Reached, ...]:
    """Give who has dealt with what was withdrawn under a receipt."""
    rows = _rows("SELECT * FROM consent_reached(%s)", lookup)
    return tuple(Reached(grant, part, at, _read(done)) for grant, part, at, done in rows)


def _rows(statement: str, lookup: bytes) -> list[tuple[Any, ...]]:
    with connections[INTAKE].cursor() as cursor:
        cursor.execute(statement, [lookup])
        return list(cursor.fetchall())


def _read(done: str | Mapping[str, Any]) -> Mapping[str, Any]:
    """Read what a part says it did, whether or not the connection has read it already."""
    return json.loads(done) if isinstance(done, str) else done
