"""Searches that an organisation began: what was asked, how far it is, the front that was found.

They rest on public statistics and name nobody, yet what a government asks is its own: each stands
in the folder of its organisation, and only who may begin searches there sees it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.response.readers.fronts import FrontBroken, read_front
from undaunted.coercion.response.readers.question import question_of
from undaunted.coercion.response.readers.searches import (
    FAILED,
    FRONT,
    PROGRESS,
    QUESTION,
    folder_of,
    search_file,
)
from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.coercion.response.readers.fronts import Front
    from undaunted.coercion.response.readers.question import Question
    from undaunted.core.access.rules import Actor

__all__ = ["Search", "holders_for", "search_for", "searches_for"]


@dataclass(frozen=True, slots=True)
class Search:
    """One search.

    Attributes:
        done, expected: how many responses were moved on from, and how many are thought to be.
        solved: how many choices were solved.
        failed: why it found nothing; empty otherwise.
        finished: whether its front can be shown.
    """

    holder: UUID
    digest: str
    question: Question
    done: int
    expected: int
    solved: int
    failed: str
    finished: bool

    @property
    def under_way(self) -> bool:
        """Whether it still waits or is worked on."""
        return not self.finished and not self.failed

    def front(self) -> Front:
        """Give the front that was found. Raises `FrontBroken`."""
        try:
            content = search_file(self.holder, self.digest, FRONT)
        except VaultError as problem:
            raise FrontBroken(f"{FRONT}: {problem}") from problem
        return read_front(content.decode(), where=FRONT)


def holders_for(actor: Actor) -> dict[UUID, str]:
    """Give the organisations for which the actor may begin searches, by name."""
    return {
        each.pk: each.name
        for each in organisations_for(actor)
        if decide(actor, Verb.SHARE, Facts(holder=each.pk)).allowed
    }


def searches_for(actor: Actor) -> list[Search]:
    """Give the searches that the actor may see, the newest first."""
    told = []
    for holder in holders_for(actor):
        folder = folder_of(holder)
        if folder.is_dir():
            found = sorted(folder.iterdir(), key=lambda each: -each.stat().st_mtime)
            told += [_search(holder, each.name) for each in found]
    return [each for each in told if each is not None]


def search_for(actor: Actor, holder: UUID, digest: str) -> Search | None:
    """Give one search; None where there is none or the actor may not see it."""
    if not decide(actor, Verb.SHARE, Facts(holder=holder)).allowed:
        return None
    return _search(holder, digest)


def _search(holder: UUID, digest: str) -> Search | None:
    folder = folder_of(holder, digest)
    try:
        held = json.loads(search_file(holder, digest, QUESTION))
    except (OSError, ValueError, VaultError):
        return None
    progress = {"done": 0, "expected": 1, "solved": 0}
    with suppress(OSError, ValueError):
        progress |= json.loads((folder / PROGRESS).read_text(encoding="utf-8"))
    failed = ""
    with suppress(OSError, VaultError):
        failed = search_file(holder, digest, FAILED).decode()
    return Search(
        holder=holder,
        digest=digest,
        question=question_of(held, where=QUESTION),
        failed=failed,
        finished=(folder / FRONT).is_file(),
        **progress,
    )
