"""What goes to authorities elsewhere and came from them, for the authority that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.screening.models import Dispatch, Received
from undaunted.core.access.queries import seen_by

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.coercion.screening.models import Case
    from undaunted.core.access.rules import Actor

__all__ = ["dispatch_for", "dispatches_for", "dispatches_of", "received_for", "received_here"]


def dispatches_for(actor: Actor) -> QuerySet[Dispatch]:
    """Give what was written down to be sent, newest first."""
    return seen_by(actor, Dispatch.objects.all()).select_related("case", "about")


def dispatches_of(actor: Actor, case: Case) -> QuerySet[Dispatch]:
    """Give the notices of a case that were written down to be sent in packages."""
    return dispatches_for(actor).filter(kind="notice", case=case)


def dispatch_for(actor: Actor, pk: UUID) -> Dispatch | None:
    """Give one; None for absent and for forbidden."""
    return dispatches_for(actor).filter(pk=pk).first()


def received_for(actor: Actor) -> QuerySet[Received]:
    """Give notices and comments that came in packages, newest first; given up ones hold nothing."""
    return seen_by(actor, Received.objects.all()).prefetch_related("comments")


def received_here(actor: Actor, pk: UUID) -> Received | None:
    """Give one; None for absent and for forbidden."""
    return received_for(actor).filter(pk=pk).first()
