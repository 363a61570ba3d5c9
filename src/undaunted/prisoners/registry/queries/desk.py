"""What waits on the desk, and the few reads that only its pages need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.access.queries import seen_by
from undaunted.core.actors.models import Judgement
from undaunted.core.consent.queries import failed_news
from undaunted.prisoners.registry.models import MappingVersion
from undaunted.prisoners.registry.queries.changes import gates_waiting
from undaunted.prisoners.registry.queries.imports import batches_for
from undaunted.prisoners.registry.queries.records import publications_for, waiting_proposals

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["Waiting", "all_mappings_for", "judged_lately", "mapping_for", "waiting_for"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much of what waits for somebody."""

    recognition: int
    publication: int
    imports: int
    changes: int
    news: int


def waiting_for(actor: Actor) -> Waiting:
    """Count what waits among what the actor may see."""
    return Waiting(
        recognition=waiting_proposals(actor).count(),
        publication=publications_for(actor, state="proposed").count(),
        imports=batches_for(actor).filter(state="proposed").count(),
        changes=gates_waiting(actor).count(),
        news=failed_news(actor),
    )


def all_mappings_for(actor: Actor) -> QuerySet[MappingVersion]:
    """Give the mappings of all lists that the actor may see, the newest version first."""
    rows = seen_by(actor, MappingVersion.objects.all()).select_related("source_list")
    return rows.order_by("source_list__name", "name", "-version", "id")


def mapping_for(actor: Actor, mapping: UUID) -> MappingVersion | None:
    """Give one version of a mapping; None where the actor may not know of it."""
    return all_mappings_for(actor).filter(pk=mapping).first()


def judged_lately(actor: Actor, *, most: int = 20) -> QuerySet[Judgement]:
    """Give the newest verdicts that stand, with the names of both records."""
    rows = Judgement.objects.filter(undone_at__isnull=True).select_related("left", "right")
    named = seen_by(actor, rows).prefetch_related("left__names", "right__names")
    return named.order_by("-at", "id")[:most]
