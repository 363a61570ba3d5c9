"""Who is proposed for a team, and what stands in the way of an approval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from undaunted.core.vault.models import Admission
from undaunted.core.vault.queries.teams import team_for
from undaunted.core.vault.rules import AdmissionRefused

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["Proposed", "admission_for", "admissions_waiting", "proposed_for", "two_agreed"]


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who is proposed for a team, and why the actor may not approve it; "" where they may."""

    admission: Admission
    refusal: str


def admissions_waiting(_actor: Actor) -> QuerySet[Admission]:
    """Give what is proposed or approved and not done yet; row security says whose."""
    open_ones = Admission.objects.filter(ended_at__isnull=True, used_at__isnull=True)
    return open_ones.select_related("team").order_by("proposed_at", "id")


def admission_for(actor: Actor, admission: UUID) -> Admission:
    """Give one proposal. Raises `AdmissionRefused` for absent and for forbidden."""
    found = admissions_waiting(actor).filter(pk=admission).first()
    if found is None:
        raise AdmissionRefused("absent")
    return found


def proposed_for(actor: Actor, team: UUID) -> tuple[Proposed, ...]:
    """Give who is proposed for a team, the oldest first."""
    held = admissions_waiting(actor).filter(team=team_for(actor, team))
    return tuple(Proposed(each, _refusal(each)) for each in held)


def two_agreed(actor: Actor, team: UUID, person: UUID) -> bool:
    """Whether two people have said that somebody comes into a team; the database asks again."""
    agreed = admissions_waiting(actor).filter(team=team, person=person, approved_at__isnull=False)
    return agreed.exists()


def _refusal(admission: Admission) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT vault_refuses_admission(%s)", [admission.pk])
        return str(cursor.fetchone()[0])
