"""Files are held against lists again by themselves, where somebody held them once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from undaunted.core.access.rules import Facts, Verb, decide, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.matching.models import Screening

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.rules import Named

__all__ = ["screen_after_a_load", "screen_again", "screen_later"]


def screen_after_a_load(*, actor: Actor, at: datetime) -> int:
    """Let the worker hold files against lists that change; gives whose and which: how many jobs.

    Only files that were held before, of organisations for which whoever loads may answer. Files of
    others are told as not held since, where they ask.
    """
    rows = [
        each
        for each in Screening.objects.order_by("holder", "kind")
        if decide(actor, Verb.JUDGE_MATCH, Facts(holder=each.holder)).allowed
    ]
    return _deferred("matching.screen_loaded", rows, actor, at)


def screen_again(holders: Collection[UUID], kind: Named, *, actor: Actor, at: datetime) -> int:
    """Let the worker hold files against lists that are other files by now: after they were parted.

    Only where they were held before. Gives how many jobs.
    """
    rows = list(Screening.objects.filter(holder__in=holders, kind=kind).order_by("holder"))
    return _deferred("matching.screen_files", rows, actor, at)


def screen_later(holder: UUID, kind: Named, *, actor: Actor, at: datetime) -> None:
    """Let the worker hold the files of an organisation against lists. Raises `Forbidden`.

    Who asks again while that waits asks for nothing more: it is done with whatever is there by
    then. Another person's asking is another job, since they may read other files.
    """
    require(actor, Verb.JUDGE_MATCH, Facts(holder=holder))
    told = Screening(holder=holder, kind=kind.value)
    with suppress(AlreadyEnqueued), transaction.atomic():
        _defer("matching.screen_files", told, actor, waiting=True)
    _note(actor, at)


def _deferred(task: str, rows: Sequence[Screening], actor: Actor, at: datetime) -> int:
    """Leave a job each, whatever waits: what waits may begin before this here is committed."""
    for each in rows:
        _defer(task, each, actor)
    if rows:
        _note(actor, at)
    return len(rows)


def _defer(task: str, row: Screening, actor: Actor, *, waiting: bool = False) -> None:
    told = {"person": str(actor.person), "holder": str(row.holder), "kind": row.kind}
    once = " ".join((task, *told.values())) if waiting else None
    app.configure_task(task, queueing_lock=once).defer(**told)


def _note(actor: Actor, at: datetime) -> None:
    record_entry("screening.step", actor=actor, subject_kind="screening", subject_id=uuid4(), at=at)
