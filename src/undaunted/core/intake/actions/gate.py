"""The gate of all processes: each remembers what it saw, and the database what all must know.

A ticket that has passed is marked in the database, so that it passes once whichever process is
asked. How many came is told once a second by each process that sees many, and never of anybody:
refusing somebody costs neither a statement nor a seal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4

from django.conf import settings
from django.db import OperationalError, connections

from undaunted.core.access.rules import PUBLIC
from undaunted.core.intake.rules import Gate, spent_mark
from undaunted.core.vault.rules import INTAKE

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.rules import Asked, Ticket

__all__ = ["forget_spent", "pass_gate"]

_GATE: Final = Gate()
_PROCESS: Final = uuid4()


def pass_gate(
    ticket: Ticket | None, answer: str = "", *, at: float, actor: Actor = PUBLIC
) -> Asked | None:
    """Let somebody pass (None), or give what is still asked of them."""
    assert actor.is_public  # noqa: S101 - whoever is signed in passes no gate
    asked = _GATE.ask(ticket, answer, at=at)
    _hear_of_others(at)
    if asked is None and ticket is not None and not _spend(ticket):
        return _GATE.asked()
    return asked


def forget_spent(*, actor: Actor = PUBLIC) -> int:
    """Delete marks of tickets that could not pass anyway; gives how many."""
    assert actor.is_public  # noqa: S101 - the worker acts for nobody
    return int(str(_asked("SELECT intake_forget_spent()")))


def _hear_of_others(at: float) -> None:
    """Tell and ask once a second; a database that does not answer leaves what was heard last."""
    came = _GATE.to_tell(at=at)
    if came is None:
        return
    try:
        _GATE.hear(int(str(_asked("SELECT intake_tell_tide(%s, %s)", _PROCESS, came))))
    except OperationalError:
        return


def _spend(ticket: Ticket) -> bool:
    mark = spent_mark(ticket, str(settings.SECRET_KEY).encode())
    return bool(_asked("SELECT intake_spend(%s)", mark))


def _asked(statement: str, *asked: UUID | int | bytes) -> object:
    with connections[INTAKE].cursor() as cursor:
        cursor.execute(statement, asked)
        found = cursor.fetchone()
    return found and found[0]
