"""Who is kept from which records, which alarms are open, and where somebody on duty may look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from undaunted.core.vault.models import Bar, Breaking, Duty, Member, require_mark

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "DutyPlace",
    "alarms_for",
    "bars_for",
    "duty_for",
    "duty_place",
    "is_barred_in",
    "kept_out",
    "members_of",
]


@dataclass(frozen=True, slots=True)
class DutyPlace:
    """Where a record lies for whoever is on duty for it: team, organisation, team on duty."""

    team: UUID
    tenant: UUID
    duty: UUID


def bars_for(_actor: Actor, records: Collection[UUID]) -> QuerySet[Bar]:
    """Give the bars in force on records, as far as the actor may know of them."""
    return Bar.objects.filter(record__in=records, lifted_at__isnull=True).order_by("at", "id")


def kept_out(_actor: Actor, team: UUID) -> dict[UUID, set[UUID]]:
    """Give who is kept from which records of a team."""
    found: dict[UUID, set[UUID]] = {}
    rows = Bar.objects.filter(record__team=team, lifted_at__isnull=True)
    for record, user in rows.values_list("record_id", "user"):
        found.setdefault(record, set()).add(user)
    return found


def is_barred_in(_actor: Actor, team: UUID) -> bool:
    """Tell whether the actor is kept from any record of a team."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vault_barred_in(%s)", [team])
        return bool(cursor.fetchone()[0])


def alarms_for(actor: Actor) -> QuerySet[Breaking]:
    """Give the emergency openings that nobody has taken note of, the newest first."""
    if actor.is_public:
        return Breaking.objects.none()
    return Breaking.objects.filter(acknowledged_at__isnull=True).order_by("-at", "id")


def duty_for(_actor: Actor, team: UUID) -> Duty | None:
    """Give the emergency key of one of the actor's teams, or None. Raises `UnvouchedRow`."""
    found = Duty.objects.filter(team=team).first()
    if found is not None:
        require_mark(found.vouched, "duty", team, found.recipient)
    return found


def duty_place(_actor: Actor, record: UUID) -> DutyPlace | None:
    """Give where a record lies, None for whoever is not on duty for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vault_duty_place(%s)", [record])
        found = cursor.fetchone()
    return DutyPlace(*found) if found else None


def members_of(_actor: Actor, team: UUID) -> QuerySet[Member]:
    """Give who is in a team, the longest first; row security narrows it."""
    return Member.objects.filter(team=team, left_at__isnull=True).order_by("since", "id")
