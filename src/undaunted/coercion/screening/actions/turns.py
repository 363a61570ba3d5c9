"""Steps of several people at once: one after the other, and the later one is told to look again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db import DatabaseError, transaction

from undaunted.coercion.screening.rules.refusals import ScreeningRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["in_turn", "step_refused"]

REFUSED: Final = "42501"
OVERTAKEN: Final = frozenset({"23505", "40P01"})
"""Somebody recorded the same before; two steps waited for each other."""


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


def step_refused(problem: DatabaseError) -> str:
    """Say why the database refused a step; empty where it broke.

    A gate says it in its own words. Rows are else kept from whoever has no role that writes them.
    """
    cause = problem.__cause__
    state = getattr(cause, "sqlstate", "")
    if state in OVERTAKEN:
        return (
            "step: it does not fit what stands by now, for another was taken meanwhile; look again"
        )
    if state != REFUSED:
        return ""
    told = getattr(cause, "diag", None)
    if told is not None and told.source_function == "exec_stmt_raise":
        return f"step: {told.message_primary}; look again at what stands by now"
    return (
        "step: your roles in this authority do not reach it; ask a colleague whose roles do, or an "
        "administrator of accounts"
    )
