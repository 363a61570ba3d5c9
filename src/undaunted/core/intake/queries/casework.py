"""Reads of the desk beside the queue: conflicts, exports, redacted copies, people, emergencies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, connections
from django.db.models import F, Func, Q, TextField

from undaunted.core.access.rules import Role
from undaunted.core.accounts.queries import account_name
from undaunted.core.intake.models import Conflict, Export, Redaction
from undaunted.core.intake.queries.queue import queue_for
from undaunted.core.vault.queries import kept_out, members_of, teams_for
from undaunted.core.vault.rules import INTAKE

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.models import Mailbox

__all__ = [
    "Colleague",
    "KeptFrom",
    "Unattended",
    "colleagues_for",
    "conflicts_for",
    "covering_team",
    "duty_files",
    "exports_for",
    "kept_from_mailboxes",
    "own_conflicts",
    "places_to_move",
    "redactions_for",
    "unattended_for",
]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody in a team, and the name they sign in with."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class KeptFrom:
    """That a conflict of interest keeps somebody from a mailbox."""

    mailbox: Mailbox
    person: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Unattended:
    """What waits unread in a compartment that has put the actor's team on duty."""

    mailbox: UUID
    team: str
    door: str
    severity: str
    since: datetime


def colleagues_for(actor: Actor, team: UUID) -> tuple[Colleague, ...]:
    """Give who is in a team, by name."""
    name = Func(F("user"), function="account_name", output_field=TextField())
    rows = members_of(actor, team).annotate(name=name).values_list("user", "name")
    return tuple(sorted((Colleague(*row) for row in rows), key=lambda each: each.name or ""))


def kept_from_mailboxes(actor: Actor, team: UUID) -> tuple[KeptFrom, ...]:
    """Give who is kept from which mailboxes of one of the actor's teams, the oldest first."""
    kept = kept_out(actor, team)
    boxes = queue_for(actor).filter(team=team, pk__in=kept).order_by("arrived_at", "id")
    found = [
        KeptFrom(box, person, account_name(actor, person))
        for box in boxes
        for person in kept[box.pk]
    ]
    return tuple(sorted(found, key=lambda each: (each.mailbox.arrived_at, each.name)))


def places_to_move(actor: Actor, mailbox: Mailbox) -> QuerySet[Any]:
    """Give the other compartments of a mailbox's organisation that receive, as the actor may."""
    return (
        teams_for(actor)
        .filter(holder=mailbox.holder, receives=True)
        .exclude(pk=mailbox.team)
        .order_by("name")
    )


def conflicts_for(actor: Actor) -> QuerySet[Conflict]:
    """Give conflicts with states and organisations: the actor's own, and all to a steward."""
    if actor.is_public:
        return Conflict.objects.none()
    stewarded = actor.organisations_as(Role.STEWARD)
    return Conflict.objects.filter(
        Q(user=actor.person) | Q(holder__in=stewarded), ended_at__isnull=True
    ).order_by("-at", "id")


def own_conflicts(actor: Actor) -> QuerySet[Conflict]:
    """Give the actor's own conflicts in force."""
    return conflicts_for(actor).filter(user=actor.person)


def exports_for(actor: Actor, mailbox: Mailbox | None = None) -> QuerySet[Export]:
    """Give exports of the actor's mailboxes, or of one, the newest first."""
    boxes = queue_for(actor) if mailbox is None else queue_for(actor).filter(pk=mailbox.pk)
    return Export.objects.filter(mailbox__in=boxes).order_by("-proposed_at", "id")


def redactions_for(actor: Actor, mailbox: Mailbox) -> QuerySet[Redaction]:
    """Give the redacted copies of a mailbox, in order."""
    boxes = queue_for(actor).filter(pk=mailbox.pk)
    return Redaction.objects.filter(mailbox__in=boxes).order_by("at", "id")


def unattended_for(actor: Actor) -> tuple[Unattended, ...]:
    """Give what waits unread for more than an hour where the actor is on duty."""
    if actor.is_public:
        return ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM intake_unattended()")
        return tuple(Unattended(*row) for row in cursor.fetchall())


def duty_files(_actor: Actor, mailbox: UUID) -> tuple[UUID, ...]:
    """Give the sealed files of a mailbox to whoever is on duty for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM intake_duty_files(%s)", [mailbox])
        return tuple(file for (file,) in cursor.fetchall())


def covering_team(_actor: Actor, team: UUID) -> str:
    """Give the name of the team that may open in an emergency what is sealed to `team`."""
    with connections[INTAKE].cursor() as cursor:
        cursor.execute("SELECT intake_duty(%s)", [team])
        return str(cursor.fetchone()[0] or "")
