"""Why no memo is built: a field, and the remedy."""

from __future__ import annotations

__all__ = ["MemoEnded", "MemoRefused", "TextRefused"]


class MemoRefused(ValueError):
    """Something that was asked for cannot stand; `field` names what."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class TextRefused(MemoRefused):
    """A text of the desk is empty, too long, or in a state that this step does not take."""


class MemoEnded(MemoRefused):
    """Somebody in the memo may not be shown any more: its files are destroyed."""
