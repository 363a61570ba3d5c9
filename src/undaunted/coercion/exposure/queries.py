"""Files of flows, for the people of the organisation that keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.exposure.models import FlowFile
from undaunted.coercion.exposure.rules import MONTHLY
from undaunted.core.access.queries import seen_by

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["flow_contents", "flow_file_for", "flow_files_for", "monthly_content"]


def flow_files_for(actor: Actor) -> QuerySet[FlowFile]:
    """Give the files of the actor's organisations, without their bytes."""
    return seen_by(actor, FlowFile.objects.all()).defer("content").order_by("name")


def flow_file_for(actor: Actor, pk: UUID) -> FlowFile | None:
    """Give one file; None for absent and for forbidden."""
    return flow_files_for(actor).filter(pk=pk).first()


def flow_contents(actor: Actor, holder: UUID) -> dict[str, bytes]:
    """Give the bytes of all yearly files of one of the actor's organisations, by name."""
    held = seen_by(actor, FlowFile.objects.filter(holder=holder).exclude(layout=MONTHLY))
    rows = held.order_by("name").only("name", "content")
    return {row.name: bytes(row.content) for row in rows}


def monthly_content(actor: Actor, pk: UUID) -> tuple[str, bytes] | None:
    """Give name and bytes of a file of months; None for absent, forbidden and other files."""
    held = seen_by(actor, FlowFile.objects.filter(pk=pk, layout=MONTHLY)).first()
    return None if held is None else (held.name, bytes(held.content))
