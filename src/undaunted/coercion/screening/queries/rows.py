"""Single rows of cases, notices that arrived from other authorities, and the clocks of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from undaunted.coercion.screening.models import Decision, EvidenceFile, Notice
from undaunted.coercion.screening.queries.cases import authorities_of
from undaunted.core.clocks.queries import clocks_about

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.models.cases import OfCase
    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.actions import Clock

__all__ = [
    "clocks_of",
    "decision_for",
    "decisions_waiting",
    "evidence_file_for",
    "evidence_files_waiting",
    "notice_for",
    "notices_received",
    "notices_waiting",
    "row_for",
]

Row = TypeVar("Row", bound="OfCase")


def row_for(actor: Actor, model: type[Row], key: UUID) -> Row | None:
    """Give one row of a case of one's own authority; None for absent and for forbidden."""
    rows = model.objects.select_related("case")  # type: ignore[attr-defined]
    found: Row | None = rows.filter(pk=key, holder__in=authorities_of(actor)).first()
    return found


def decision_for(actor: Actor, key: UUID) -> Decision | None:
    """Give one decision of one's own authority; None for absent and for forbidden."""
    return row_for(actor, Decision, key)


def decisions_waiting(actor: Actor) -> QuerySet[Decision]:
    """Give what was proposed in cases of one's own authority and nobody took or sent back."""
    rows = Decision.objects.filter(holder__in=authorities_of(actor))
    return rows.filter(taken_at__isnull=True, returned_at__isnull=True)


def evidence_file_for(actor: Actor, key: UUID) -> EvidenceFile | None:
    """Give a file that was left with a case, without its bytes; None for absent and forbidden."""
    rows = EvidenceFile.objects.select_related("case", "load").defer("content")
    return rows.filter(pk=key, holder__in=authorities_of(actor)).first()


def evidence_files_waiting(actor: Actor, case: Case) -> QuerySet[EvidenceFile]:
    """Give the files of a case that wait to be taken in, the oldest first."""
    rows = EvidenceFile.objects.filter(case=case, holder__in=authorities_of(actor))
    return rows.filter(state="waiting").defer("content").order_by("recorded_at", "pk")


def notices_received(actor: Actor) -> QuerySet[Notice]:
    """Give what other authorities sent to one's own, the newest first."""
    rows = Notice.objects.filter(
        recipient__in=authorities_of(actor), sent_at__isnull=False, withdrawn_at__isnull=True
    )
    return rows.order_by("-sent_at", "id")


def notices_waiting(actor: Actor) -> QuerySet[Notice]:
    """Give what was written to partners in cases of one's own authority and nobody has sent."""
    rows = Notice.objects.filter(holder__in=authorities_of(actor))
    return rows.filter(sent_at__isnull=True, withdrawn_at__isnull=True)


def notice_for(actor: Actor, key: UUID) -> Notice | None:
    """Give a notice that one's own authority wrote or got; None for absent and for forbidden."""
    return notices_received(actor).filter(pk=key).first() or row_for(actor, Notice, key)


def clocks_of(actor: Actor, case: Case) -> QuerySet[Clock]:
    """Give the clocks of a case, closed ones among them."""
    return clocks_about(actor, "screening_case", case.pk)
