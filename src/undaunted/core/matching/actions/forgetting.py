"""A file that its holder erased leaves no question and no answer: each tells whom it was like."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import connection

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.matching.actions.turns import in_turn
from undaunted.core.vault.rules import code_for_database

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.rules import Reference

__all__ = ["forget_file"]


def forget_file(file: Reference, holder: UUID, *, actor: Actor, at: datetime) -> None:
    """Destroy what was asked and answered of a file; called in the step that erases it.

    A screening that runs meanwhile asks after that step, and reads then that the file is gone.
    The entry of the record is that of every step, whether or not anything was asked: it tells of no
    hit. Raises `Forbidden`.
    """
    require(actor, Verb.JUDGE_MATCH, Facts(holder=holder))
    in_turn(holder)
    key = settings.SESSION_BINDING_KEY
    code = code_for_database(key, "matching-forget-file", str(file), holder)
    with connection.cursor() as cursor:
        cursor.execute("SELECT matching_forget_file(%s, %s, %s)", [str(file), holder, code])
        cursor.fetchall()
    record_entry("screening.step", actor=actor, subject_kind="screening", subject_id=uuid4(), at=at)
