"""Reads of the desk: what came to the actor's teams. Row security says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.intake.models import Attachment, Letter, Mailbox, Opening
from undaunted.core.intake.queries.outside import Team, receiving_teams
from undaunted.core.vault.queries import teams_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "attachments_for",
    "letters_for",
    "mailbox_for",
    "openings_for",
    "queue_for",
    "teams_that_receive",
]


def queue_for(actor: Actor) -> QuerySet[Mailbox]:
    """Give the mailboxes of the actor's teams, the oldest first."""
    return Mailbox.objects.filter(team__in=teams_for(actor).values("pk")).order_by(
        "arrived_at", "id"
    )


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
