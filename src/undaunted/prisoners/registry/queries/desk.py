"""What waits on the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.consent.queries import failed_news
from undaunted.prisoners.registry.queries.changes import gates_waiting
from undaunted.prisoners.registry.queries.imports import batches_for
from undaunted.prisoners.registry.queries.records import publications_for, waiting_proposals

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor

__all__ = ["Waiting", "waiting_for"]


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
