"""The queue of pairs that may be one person, as it was found last, and when that was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from undaunted.core.access.queries import seen_by
from undaunted.core.access.rules import RECORD_ROLES
from undaunted.core.actors.models import Judgement
from undaunted.prisoners.registry.models import Candidate, Comparison, ListEntry

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["Compared", "candidate_of", "comparisons_of", "narrowed", "waiting_candidates"]


@dataclass(frozen=True, slots=True)
class Compared:
    """What an organisation's last comparison is, and how many records there are by now."""

    holder: UUID
    last: Comparison | None
    records: int

    @property
    def stale(self) -> bool:
        """Whether records came or went since."""
        done = self.last is not None and self.last.finished_at is not None
        return done and self.last is not None and self.last.records != self.records


def narrowed(actor: Actor, holder: UUID) -> Actor:
    """Give the actor as somebody who works in one organisation alone.

    What is found for an organisation rests on what all its people may read.
    """
    return replace(actor, roles={holder: actor.roles.get(holder, frozenset())})


def comparisons_of(actor: Actor) -> list[Compared]:
    """Give for each organisation in which the actor reads records when they were compared."""
    held = {one.holder: one for one in seen_by(actor, Comparison.objects.all())}
    return [
        Compared(holder, held.get(holder), _records(narrowed(actor, holder)))
        for holder in sorted(actor.organisations_as(*RECORD_ROLES), key=str)
    ]


def waiting_candidates(actor: Actor, *, most: int) -> list[Candidate]:
    """Give the likeliest pairs without a verdict, whose records are two people still."""
    verdicts = Judgement.objects.filter(undone_at__isnull=True).filter(
        Q(left=OuterRef("left"), right=OuterRef("right"))
        | Q(left=OuterRef("right"), right=OuterRef("left"))
    )
    rows = seen_by(actor, Candidate.objects.all()).filter(
        ~Exists(seen_by(actor, verdicts)),
        ~Q(left__canonical=F("right__canonical")),
        left__withdrawn_at__isnull=True,
        right__withdrawn_at__isnull=True,
    )
    once: dict[tuple[UUID, UUID], Candidate] = {}
    for row in rows.order_by("-bits", "id")[: most * max(1, len(actor.organisations))]:
        once.setdefault((row.left_id, row.right_id), row)
    return list(once.values())[:most]


def candidate_of(actor: Actor, left: UUID, right: UUID) -> Candidate | None:
    """Give what was found of two records, whichever is named first."""
    pair = Q(left=left, right=right) | Q(left=right, right=left)
    return seen_by(actor, Candidate.objects.filter(pair)).order_by("-bits", "id").first()


def _records(actor: Actor) -> int:
    """Count the records that stand in lists which the actor may read."""
    entries: QuerySet[ListEntry] = seen_by(
        actor, ListEntry.objects.filter(withdrawn_at__isnull=True, party__withdrawn_at__isnull=True)
    )
    return entries.values("party").distinct().count()
