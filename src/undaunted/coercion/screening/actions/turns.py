"""Steps of several people at once: one after the other, and the later one is told to look again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db import DatabaseError, transaction

from undaunted.coercion.screening.rules.refusals import ScreeningRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["in_turn"]

OVERTAKEN: Final = frozenset({"42501", "23505", "40P01"})
"""A gate refused, somebody recorded the same before, two steps waited for each other."""


@contextmanager
def in_turn() -> Iterator[None]:
    """Take a step in one transaction. Raises `ScreeningRefused` where the database refuses it.

    What was checked before can have changed meanwhile: the gates look again, in the order in which
    steps come.
    """
    try:
        with transaction.atomic():
            yield
    except DatabaseError as problem:
        if getattr(problem.__cause__, "sqlstate", "") not in OVERTAKEN:
            raise
        raise ScreeningRefused(
            "step: it does not fit what stands by now, for another was taken meanwhile; look again"
        ) from problem
