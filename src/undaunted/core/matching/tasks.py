"""Work in the background: lists held against each other, and files against lists."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.actions import (
    begin_comparing,
    compare_portions,
    keep_candidates,
    screen_after_a_load,
    screen_subjects,
)
from undaunted.core.matching.analysis import alikes_of
from undaunted.core.matching.queries import compared_of, held_last
from undaunted.core.matching.rules import Named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Alikes, Compared

__all__ = ["ListsFollowed", "compare_entries", "compare_loaded", "screen_files", "screen_loaded"]

_ONE_AT_A_TIME = "matching.compare"
"""What compares names takes long where they are many: one place of the worker's two, no more."""


@app.task(
    name="matching.compare_entries", lock=_ONE_AT_A_TIME, queueing_lock="matching.compare_entries"
)
def compare_entries(*, person: str) -> int:
    """Hold what came or changed against all other lists; gives how many entries were compared."""
    return _compare(UUID(person))


@app.task(name="matching.compare_loaded", lock=_ONE_AT_A_TIME)
def compare_loaded(*, person: str) -> int:
    """Do the same after a load: one job a load, so that none misses what came while another ran."""
    return _compare(UUID(person))


@app.task(name="matching.screen_files", lock=_ONE_AT_A_TIME)
def screen_files(*, person: str, holder: str, kind: str) -> None:
    """Hold the people of an organisation's files against lists; tells nobody what came of it."""
    with acting_as(UUID(person)) as actor:
        screen_subjects(UUID(holder), Named(kind), actor=actor, at=timezone.now())


@app.task(name="matching.screen_loaded", lock=_ONE_AT_A_TIME)
def screen_loaded(*, person: str, holder: str, kind: str) -> bool:
    """Do the same after a load, unless it was done since: of many loads the first job does all."""
    with acting_as(UUID(person)) as actor:
        told = [each for each in held_last(actor) if str(each.holder) == holder]
        if not any(each.kind == kind and each.since for each in told):
            return False
        screen_subjects(UUID(holder), Named(kind), actor=actor, at=timezone.now())
    return True


class ListsFollowed:
    """What the lists tell when they change, and ask when they are shown."""

    def entries_changed(self, actor: Actor) -> None:
        """Let the worker compare, and hold files against lists that they were held against before.

        In the transaction of the load, so that neither goes alone.
        """
        compare_loaded.defer(person=str(actor.person))
        screen_after_a_load(actor=actor, at=timezone.now())

    def compared(self, actor: Actor, sources: Iterable[str]) -> Mapping[str, Compared]:
        """Give how far lists were compared."""
        return compared_of(actor, sources)

    def alike(self, actor: Actor, source: str, words: str) -> Alikes:
        """Give the entries in force of a list that are called like words."""
        return alikes_of(actor, source, words)


def _compare(person: UUID) -> int:
    """Compare in portions, each in a transaction of its own: a kill loses one of them."""
    with acting_as(person) as actor:
        run = begin_comparing(actor=actor, at=timezone.now())
    count = 0
    for portion in compare_portions(run):
        with acting_as(person) as actor:
            count += keep_candidates(portion, actor=actor, at=timezone.now()).compared
    return count
