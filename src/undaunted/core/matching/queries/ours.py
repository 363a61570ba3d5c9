"""Whose a verdict is to undo or replace: its organisation's, and a steward's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.rules import Role
from undaunted.core.matching.models import Hand

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["are_ours"]


def are_ours(actor: Actor, judgements: Collection[UUID]) -> bool:
    """Whether the actor may undo or replace all of these verdicts; for nobody's, they may."""
    if not judgements or actor.organisations_as(Role.STEWARD):
        return True
    ours = Hand.objects.using("default").filter(
        judgement__in=judgements,
        undone=False,
        confirmed=False,
        holder__in=actor.organisations_as(Role.DOCUMENTER, Role.REVIEWER),
    )
    return ours.count() >= len(judgements)
