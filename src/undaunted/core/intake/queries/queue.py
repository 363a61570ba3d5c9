"""Reads of the desk: what came to the actor's teams. Row security says the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q

from undaunted.core.intake.models import Attachment, Letter, Mailbox, Opening
from undaunted.core.intake.queries.outside import Team, receiving_teams
from undaunted.core.intake.rules import INCOMING, State
from undaunted.core.vault.queries import teams_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "Sieve",
    "attachments_for",
    "letters_for",
    "mailbox_for",
    "openings_for",
    "queue_for",
    "teams_that_receive",
    "waiting_for",
]


@dataclass(frozen=True, slots=True)
class Sieve:
    """What to show of the queue; an empty part shows everything."""

    severity: str = ""
    door: str = ""
    state: str = ""
    taken: str = ""
    team: UUID | None = None
    unread: bool = False


_EXACT = ("severity", "door", "team")


def queue_for(actor: Actor) -> QuerySet[Mailbox]:
    """Give the mailboxes of the actor's teams, and those opened in an emergency, oldest first."""
    if actor.is_public:
        return Mailbox.objects.none()
    return Mailbox.objects.order_by("arrived_at", "id")


def waiting_for(actor: Actor, sieve: Sieve) -> QuerySet[Mailbox]:
    """Give the actor's mailboxes through a sieve, each with how much is unread and since when.

    Closed ones only where they are asked for.
    """
    new = Q(letters__kind__in=INCOMING, letters__read_on__isnull=True)
    rows = queue_for(actor).annotate(
        unread=Count("letters", filter=new), unread_since=Min("letters__at", filter=new)
    )
    rows = rows.filter(state=sieve.state) if sieve.state else rows.exclude(state=State.CLOSED)
    rows = rows.filter(**{key: getattr(sieve, key) for key in _EXACT if getattr(sieve, key)})
    if sieve.taken:
        rows = rows.filter(assigned_to=actor.person if sieve.taken == "me" else None)
    return rows.filter(unread__gt=0) if sieve.unread else rows


def mailbox_for(actor: Actor, mailbox: UUID) -> Mailbox | None:
    """Give one mailbox, None where the actor may not know of it."""
    return queue_for(actor).filter(pk=mailbox).first()


def attachments_for(actor: Actor, mailbox: Mailbox) -> QuerySet[Attachment]:
    """Give the sealed files of a mailbox, in order."""
    rows = Attachment.objects.filter(mailbox__in=queue_for(actor).filter(pk=mailbox.pk))
    return rows.order_by("at", "id")


def teams_that_receive(actor: Actor) -> list[Team]:
    """Give the actor's own teams to whom something can be sealed from outside now."""
    own = set(teams_for(actor).values_list("pk", flat=True))
    return [each for each in receiving_teams(actor) if each.id in own]


def letters_for(actor: Actor, mailbox: Mailbox) -> QuerySet[Letter]:
    """Give what lies in a mailbox, sealed, in order."""
    rows = Letter.objects.filter(mailbox__in=queue_for(actor).filter(pk=mailbox.pk))
    return rows.order_by("at", "kind", "sequence")


def openings_for(actor: Actor, mailbox: Mailbox) -> QuerySet[Opening]:
    """Give who opened a mailbox, in order."""
    rows = Opening.objects.filter(mailbox__in=queue_for(actor).filter(pk=mailbox.pk))
    return rows.order_by("on", "id")
