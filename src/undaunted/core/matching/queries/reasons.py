"""Reasons of verdicts, in the words of whoever judged: read by their organisation.

A reason may tell of a file. Others read that one is kept, and the text where its writer showed it.
The database says the same by row (migration 0012).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.queries import seen_by
from undaunted.core.matching.models import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.models import Hand

__all__ = ["reasons_read"]


def reasons_read(actor: Actor, hands: Iterable[Hand]) -> Mapping[UUID, str]:
    """Give the reasons that somebody may read, by the step each is of."""
    rows = Reason.objects.filter(hand__in=[each.pk for each in hands])
    return dict(seen_by(actor, rows).values_list("hand", "text"))
