"""Who works on sanctions beside those who coordinate: subjects above say so of their own people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.core.access.rules import Actor

__all__ = ["register_work", "works_elsewhere"]

_WORK: dict[str, Callable[[Actor], bool]] = {}


def register_work(subject: str, works: Callable[[Actor], bool]) -> None:
    """Say who works on sanctions in a subject; called in `apps.py`, a second call replaces it."""
    _WORK[subject] = works


def works_elsewhere(actor: Actor) -> bool:
    """Whether somebody works on sanctions in one of the subjects that said so."""
    return any(works(actor) for works in _WORK.values())
