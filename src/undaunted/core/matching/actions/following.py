"""Files are held against lists again by themselves, where somebody held them once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procrastinate.contrib.django import app

from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.matching.models import Screening

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.rules import Named

__all__ = ["screen_after_a_load", "screen_again"]


def screen_after_a_load(actor: Actor) -> int:
    """Let the worker hold files against lists that change; gives whose and which: how many jobs.

    Only files that were held before, of organisations for which whoever loads may answer. Files of
    others are told as not held since, where they ask.
    """
    rows = [
        each
        for each in Screening.objects.order_by("holder", "kind")
        if decide(actor, Verb.JUDGE_MATCH, Facts(holder=each.holder)).allowed
    ]
    for each in rows:
        _deferred("matching.screen_loaded", each, actor)
    return len(rows)


def screen_again(holders: Collection[UUID], kind: Named, *, actor: Actor) -> int:
    """Let the worker hold files against lists that are other files by now: after they were parted.

    Only where they were held before. Gives how many jobs.
    """
    rows = list(Screening.objects.filter(holder__in=holders, kind=kind).order_by("holder"))
    for each in rows:
        _deferred("matching.screen_files", each, actor)
    return len(rows)


def _deferred(task: str, held: Screening, actor: Actor) -> None:
    told = {"person": str(actor.person), "holder": str(held.holder), "kind": held.kind}
    app.configure_task(task).defer(**told)
