"""Work in the background: lists held against each other, and files against lists."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.actions import compare_lists, keep_candidates, screen_subjects
from undaunted.core.matching.rules import Named

__all__ = ["compare_entries", "screen_files"]


@app.task(name="matching.compare_entries", queueing_lock="matching.compare_entries")
def compare_entries(*, person: str) -> int:
    """Hold what came or changed against all other lists; gives how many entries were compared."""
    found = compare_lists()
    with acting_as(UUID(person)) as actor:
        return keep_candidates(found, actor=actor, at=timezone.now()).compared


@app.task(name="matching.screen_files", pass_context=False)
def screen_files(*, person: str, holder: str, kind: str) -> None:
    """Hold the people of an organisation's files against lists; tells nobody what came of it."""
    with acting_as(UUID(person)) as actor:
        screen_subjects(UUID(holder), Named(kind), actor=actor, at=timezone.now())
