"""Large files are taken in behind the desk: whole or not at all, by whoever brought them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from undaunted.coercion.screening.actions.importing import (
    checked_name,
    import_assets,
    import_holdings,
)
from undaunted.coercion.screening.models import RegisterFile
from undaunted.coercion.screening.rules import Confidence
from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["AT_ONCE", "leave_file", "refuse_file", "take_file"]

AT_ONCE = 1_000_000
"""Bytes of a file that is taken in while whoever brought it waits."""


def leave_file(  # noqa: PLR0913 - a file, and how it is read
    holder: UUID,
    kind: str,
    name: str,
    content: bytes,
    *,
    actor: Actor,
    at: datetime,
    **asked: Any,  # noqa: ANN401
) -> RegisterFile:
    """Leave a file to be taken in behind the desk; `asked` is how it is read, as of an import.

    Raises `FileRefused` for an empty one and one that is too large.
    """
    require(actor, Verb.IMPORT, Facts(holder=holder))
    left = RegisterFile.objects.create(
        holder=holder,
        kind=kind,
        name=checked_name(name, content),
        content=content,
        size=len(content),
        asked=asked,
        recorded_at=at,
        recorded_by=actor.person,
    )
    _note(left, "register.file_left", actor=actor, at=at)
    return left


def take_file(left: RegisterFile, *, actor: Actor, at: datetime) -> RegisterFile:
    """Take a file in that waits, and give up its bytes; one that is done stays as it is.

    Raises `FileRefused` where nothing of it can be taken.
    """
    require(actor, Verb.IMPORT, Facts(holder=left.holder))
    with transaction.atomic():
        held = RegisterFile.objects.select_for_update(of=("self",)).get(pk=left.pk)
        if held.state != "waiting":
            return held
        content, told = bytes(held.content), dict(held.asked)
        if held.kind == "assets":
            mapping = told["mapping"]
            made = import_assets(
                held.holder, held.name, content, actor=actor, at=at, mapping=mapping
            )
        else:
            told["confidence"] = Confidence(told["confidence"])
            made = import_holdings(held.holder, held.name, content, actor=actor, at=at, **told)
        held.state, held.done_at, held.brought, held.content = "taken", at, made, b""
        held.save(update_fields=["state", "done_at", "brought", "content"])
    return held


def refuse_file(left: RegisterFile, why: str, *, actor: Actor, at: datetime) -> RegisterFile:
    """Record why nothing of a file was taken in; its bytes are given up."""
    require(actor, Verb.IMPORT, Facts(holder=left.holder))
    with transaction.atomic():
        held = RegisterFile.objects.select_for_update(of=("self",)).get(pk=left.pk)
        if held.state != "waiting":
            return held
        held.state, held.done_at, held.problem, held.content = "refused", at, why, b""
        held.save(update_fields=["state", "done_at", "problem", "content"])
        _note(held, "register.file_refused", actor=actor, at=at)
    return held


def _note(left: RegisterFile, verb: str, *, actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="register",
        subject_id=left.holder,
        at=at,
        detail={"file": str(left.pk)},
    )
