"""What one's own government keeps to itself in a compact: sealed rows, never another's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models.expressions import RawSQL

from undaunted.coercion.response.models import (
    Delivery,
    Note,
    OffRamp,
    Pledge,
    Statement,
    Trial,
)
from undaunted.coercion.response.queries.compacts import governments_of
from undaunted.core.vault.queries import teams_for

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from undaunted.coercion.response.models import Keepable, Member
    from undaunted.core.access.rules import Actor

__all__ = ["Kept", "kept_by", "teams_of"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A sealed row: of what kind, and of which pledge where it is about one."""

    row: Keepable
    of: str
    pledge: Pledge | None = None

    @property
    def at(self) -> datetime:
        """When it was recorded."""
        return self.row.recorded_at


def kept_by(actor: Actor, member: Member) -> tuple[Kept, ...]:
    """Give what one's own government keeps in a compact, oldest first; withdrawn pledges too."""
    if member.holder not in governments_of(actor):
        return ()
    sealed = {"holder": member.holder, "envelope__isnull": False}
    pledges = Pledge.objects.filter(member=member, **sealed)
    found = [Kept(row, "pledge", row) for row in pledges]
    own = RawSQL("SELECT response_said_by(%s)", [member.pk])
    said = Statement.objects.filter(pk__in=own, **sealed)
    found += [Kept(row, "statement") for row in said]
    tried = Trial.objects.filter(compact=member.compact_id, **sealed)
    found += [Kept(row, "trial") for row in tried]
    about = {"pledge__member": member, **sealed}
    for of, model in (("note", Note), ("offramp", OffRamp), ("delivery", Delivery)):
        rows = model.objects.filter(**about).select_related("pledge")
        found += [Kept(row, of, row.pledge) for row in rows]
    return tuple(sorted(found, key=lambda each: (each.at, str(each.row.pk))))


def teams_of(actor: Actor, member: Member) -> QuerySet[Any]:
    """Give the teams of one's own government, one of which opens what it keeps."""
    return teams_for(actor).filter(holder=member.holder).order_by("name", "id")
