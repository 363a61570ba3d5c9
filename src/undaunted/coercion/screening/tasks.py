"""Work in the background: registers screened day by day, and large files taken into them."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import DatabaseError
from django.utils import timezone
from procrastinate.contrib.django import app

from undaunted.coercion.screening.actions import refuse_file, screen_again, take_file
from undaunted.coercion.screening.queries import register_file_for, registers_due
from undaunted.coercion.screening.readers import FileRefused
from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.accounts.actions import acting_as

__all__ = ["screen_registers", "take_register_file"]

_LOG = logging.getLogger(__name__)


@app.periodic(cron="41 * * * *")
@app.task(name="screening.screen_registers", queueing_lock="screening.screen_registers")
def screen_registers(timestamp: int) -> int:  # noqa: ARG001 - the queue tells when it was due
    """Screen every register that nobody has screened today; gives how many were."""
    return sum(_screen(holder, person) for holder, person in registers_due(PUBLIC))


@app.task(name="screening.take_register_file", queue="imports", lock="screening.take_register_file")
def take_register_file(file_id: str, user_id: str) -> None:
    """Take a file in that was left, as whoever brought it; all of it or nothing.

    A second run finds it done and changes nothing.
    """
    user, key = UUID(user_id), UUID(file_id)
    try:
        with acting_as(user, kind="job") as actor:
            held = register_file_for(actor, key)
            if held is not None:
                take_file(held, actor=actor, at=timezone.now())
    except (ValueError, DatabaseError, Forbidden) as problem:
        _refuse(user, key, problem)
        if not isinstance(problem, FileRefused):
            raise


def _refuse(user: UUID, key: UUID, problem: Exception) -> None:
    """Say at the file why nothing of it was taken in; what broke is named and not shown."""
    told = str(problem)
    if not isinstance(problem, FileRefused):
        told = f"{type(problem).__name__}: nothing of it was taken in; bring it again, or part it"
    with acting_as(user, kind="job") as actor:
        held = register_file_for(actor, key)
        if held is not None:
            refuse_file(held, told, actor=actor, at=timezone.now())


def _screen(holder: UUID, person: UUID) -> bool:
    try:
        with acting_as(person) as actor:
            screen_again(holder, actor=actor, at=timezone.now())
    except Exception:  # noqa: BLE001 - whatever breaks in one register, the others are screened
        _LOG.exception("Register of %s could not be screened", holder)
        return False
    return True
