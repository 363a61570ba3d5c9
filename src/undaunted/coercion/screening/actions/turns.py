"""Steps of several people at once: one after the other, and the later one is told to look again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction

from undaunted.coercion.screening.rules.refusals import ScreeningRefused, step_refused

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["in_turn"]


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
        told = step_refused(problem)
        if not told:
            raise
        raise ScreeningRefused(told) from problem
