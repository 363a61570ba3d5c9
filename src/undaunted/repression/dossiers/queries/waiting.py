"""What waits in dossiers for a second person of those who handle them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.queries import seen_by
from undaunted.repression.dossiers.models import Statement
from undaunted.repression.dossiers.queries.kept import dossiers_for, submissions_waiting

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor

__all__ = ["dossier_steps_waiting"]


def dossier_steps_waiting(actor: Actor) -> int:
    """Count submissions to release, statements to confirm and dossiers to close, of one's own."""
    open_ones = dossiers_for(actor).filter(closed_at__isnull=True)
    statements = seen_by(actor, Statement.objects.filter(dossier__in=open_ones)).filter(
        confirmed_by__isnull=True, withdrawn_at__isnull=True
    )
    closing = open_ones.filter(closing_by__isnull=False)
    return submissions_waiting(actor).count() + statements.count() + closing.count()
