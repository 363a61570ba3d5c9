"""Work in the background: registers screened day by day, large files taken into them and cases."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import DatabaseError
from django.utils import timezone
from procrastinate.contrib.django import app

from undaunted.coercion.screening.actions import (
    leave_evidence,
    note_evidence_read,
    refuse_evidence,
    refuse_file,
    screen_again,
    take_evidence,
    take_file,
    take_in,
)
from undaunted.coercion.screening.queries import (
    evidence_file_for,
    identifiers_known,
    register_file_for,
    registers_due,
)
from undaunted.coercion.screening.readers import FileRefused
from undaunted.coercion.screening.readers.evidence import evidence_of, is_small
from undaunted.coercion.screening.rules import ScreeningRefused
from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.coercion.screening.models import Case, EvidenceFile, Load
    from undaunted.coercion.screening.readers.evidence import Evidence
    from undaunted.core.access.rules import Actor

__all__ = ["bring_evidence", "screen_registers", "take_evidence_file", "take_register_file"]

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
    """Say at the file why nothing of it was taken in."""
    with acting_as(user, kind="job") as actor:
        held = register_file_for(actor, key)
        if held is not None:
            refuse_file(held, _told(problem), actor=actor, at=timezone.now())


@app.task(name="screening.take_evidence_file", queue="imports", lock="screening.take_evidence_file")
def take_evidence_file(file_id: str, user_id: str) -> None:
    """Take a file of evidence in that was left with a case; all of it or nothing.

    It is read outside of any transaction. A second run finds it done and changes nothing.
    """
    user, key = UUID(user_id), UUID(file_id)
    try:
        read = _evidence(user, key)
        if read is None:
            return
        with acting_as(user, kind="job") as actor:
            held = evidence_file_for(actor, key)
            if held is not None:
                take_evidence(held, read, actor=actor, at=timezone.now())
    except (ValueError, DatabaseError, Forbidden) as problem:
        with acting_as(user, kind="job") as actor:
            held = evidence_file_for(actor, key)
            if held is not None:
                refuse_evidence(held, _told(problem), actor=actor, at=timezone.now())
        if not isinstance(problem, ScreeningRefused):
            raise


def bring_evidence(
    case: Case,
    content: bytes,
    *,
    name: str,
    actor: Actor,
    at: datetime,
    **asked: Any,  # noqa: ANN401
) -> Load | EvidenceFile:
    """Take a small file of evidence in at once, and leave a larger one to the worker.

    `asked` is how it is read, as of `take_in`. Raises `ScreeningRefused`.
    """
    if is_small(content):
        return take_in(case, content, name=name, actor=actor, at=at, **asked)
    left = leave_evidence(case, content, name=name, actor=actor, at=at, **asked)
    take_evidence_file.defer(file_id=str(left.pk), user_id=str(actor.person))
    return left


def _evidence(user: UUID, key: UUID) -> Evidence | None:
    """Read a file that waits, and tell at it how many rows it has; nothing of one that is done."""
    with acting_as(user, kind="job") as actor:
        held = evidence_file_for(actor, key)
        if held is None or held.state != "waiting":
            return None
        content, asked = bytes(held.content), held.asked
        about = identifiers_known(actor, held.case, timezone.now())
    read = evidence_of(content, held.name, asked["source"], asked["file_format"], about)
    with acting_as(user, kind="job") as actor:
        note_evidence_read(held, read, actor=actor, at=timezone.now())
    return read


def _told(problem: Exception) -> str:
    """Say why nothing of a file was taken in; what broke is named and not shown."""
    if isinstance(problem, FileRefused | ScreeningRefused):
        return str(problem)
    return f"{type(problem).__name__}: nothing of it was taken in; bring it again, or part it"


def _screen(holder: UUID, person: UUID) -> bool:
    try:
        with acting_as(person) as actor:
            screen_again(holder, actor=actor, at=timezone.now())
    except Exception:  # noqa: BLE001 - whatever breaks in one register, the others are screened
        _LOG.exception("Register of %s could not be screened", holder)
        return False
    return True
