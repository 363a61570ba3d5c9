"""Steps of several people at once: one after the other, and the later one is told to look again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction

from undaunted.coercion.instruments.models import Proceeding
from undaunted.coercion.instruments.rules import InstrumentRefused
from undaunted.coercion.screening.rules import step_refused
from undaunted.core.access.rules import Forbidden
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["in_turn", "note", "standing"]


@contextmanager
def in_turn() -> Iterator[None]:
    """Take a step in one transaction. Raises `InstrumentRefused` where the database refuses it."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as problem:
        told = step_refused(problem)
        if not told:
            raise
        raise InstrumentRefused(told) from problem


def standing(proceeding: Proceeding) -> Proceeding:
    """Give a proceeding as it stands now, for one change at a time. Raises `Forbidden`."""
    held = Proceeding.objects.select_for_update().filter(pk=proceeding.pk).first()
    if held is None:
        raise Forbidden("there is no such proceeding for you")
    return held


def note(
    verb: str, proceeding: Proceeding, *, actor: Actor, at: datetime, **detail: object
) -> None:
    """Record one entry about a proceeding; ids, never a text."""
    record_entry(
        verb,
        actor=actor,
        subject_kind="proceeding",
        subject_id=proceeding.pk,
        at=at,
        detail=dict(detail),
    )
