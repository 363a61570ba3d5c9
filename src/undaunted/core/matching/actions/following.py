"""Files are held against lists again by themselves, where somebody held them once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from procrastinate.contrib.django import app

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
    """Let the worker hold the files of an organisation against lists. Raises `Forbidden`."""
    require(actor, Verb.JUDGE_MATCH, Facts(holder=holder))
    _deferred("matching.screen_files", [Screening(holder=holder, kind=kind.value)], actor, at)


def _deferred(task: str, rows: Sequence[Screening], actor: Actor, at: datetime) -> int:
    for each in rows:
        told = {"person": str(actor.person), "holder": str(each.holder), "kind": each.kind}
        app.configure_task(task).defer(**told)
    if rows:
        record_entry(
            "screening.step", actor=actor, subject_kind="screening", subject_id=uuid4(), at=at
        )
    return len(rows)
