"""Steps of several people at once: one after the other, and the later one is told to look again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db import DatabaseError, transaction

from undaunted.core.access.rules import Forbidden
from undaunted.core.audit.actions import record_entry
from undaunted.repression.coordination.models import Party, Proposal
from undaunted.repression.coordination.rules import (
    CoordinationRefused,
    CoordinationStage,
    check_open,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["PROPOSAL", "in_turn", "note", "standing", "standing_party"]

PROPOSAL = "proposal"
OVERTAKEN: Final = frozenset({"42501", "23505", "40P01"})
"""A gate refused, somebody recorded the same before, two steps waited for each other."""


@contextmanager
def in_turn() -> Iterator[None]:
    """Take a step in one transaction. Raises `CoordinationRefused` where a gate refuses it."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as problem:
        if getattr(problem.__cause__, "sqlstate", "") not in OVERTAKEN:
            raise
        raise CoordinationRefused(
            "step: it does not fit what stands by now, for another was taken meanwhile; look again"
        ) from problem


def standing(proposal: Proposal, *, own: bool) -> Proposal:
    """Give a proposal as it stands now, for a step; held for its proposer. Raises `Forbidden`."""
    rows = Proposal.objects.select_for_update() if own else Proposal.objects.all()
    held = rows.filter(pk=proposal.pk).first()
    if held is None:
        raise Forbidden("there is no such proposal for you")
    check_open(CoordinationStage(held.stage))
    return held


def standing_party(party: Party) -> tuple[Party, Proposal]:
    """Give a party and its proposal as they stand now, for a step of the party."""
    held = Party.objects.select_for_update(of=("self",)).filter(pk=party.pk).first()
    if held is None:
        raise Forbidden("there is no such proposal for you")
    return held, standing(Proposal(pk=held.proposal_id), own=False)


def note(verb: str, proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """Record one entry about a proposal: which, and nothing of what it says."""
    record_entry(verb, actor=actor, subject_kind=PROPOSAL, subject_id=proposal.pk, at=at)
