"""Bringing a file of flows to the desk, and discarding it."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from undaunted.coercion.exposure.analysis.kept import brought
from undaunted.coercion.exposure.models import FlowFile
from undaunted.coercion.exposure.readers import FileRefused
from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["LARGEST", "MOST_FILES", "discard_flow_file", "keep_flow_file"]

LARGEST = 20_000_000
"""Bytes of a file at the desk; larger ones are read at the terminal, where they lie."""
MOST_FILES = 12


def keep_flow_file(
    holder: UUID, name: str, content: bytes, *, actor: Actor, at: datetime
) -> FlowFile:
    """Read a file of flows or of months and keep it for an organisation.

    Raises `FileRefused` naming file, row, column and rule; nothing of a refused file is kept.
    """
    require(actor, Verb.IMPORT, Facts(holder=holder))
    called = PurePath(name.replace("\\", "/")).name[-150:]
    if not called.lower().endswith(".csv"):
        raise FileRefused(called, "only CSV is taken at the desk; the terminal reads Parquet too")
    if len(content) > LARGEST:
        raise FileRefused(
            called,
            f"holds more than {LARGEST:,} bytes; leave out products or partners, or read it at the "
            "terminal",
        )
    found = brought(called, content)
    try:
        with transaction.atomic():
            if FlowFile.objects.filter(holder=holder).count() >= MOST_FILES:
                raise FileRefused(called, f"{MOST_FILES} files are kept already; discard one")
            made = FlowFile.objects.create(
                holder=holder,
                name=called,
                sha256=hashlib.sha256(content).hexdigest(),
                size=len(content),
                content=content,
                layout=found.layout,
                years=list(found.years),
                rows=found.rows,
                said=list(found.said),
                kept_at=at,
                kept_by=actor.person,
            )
            _note("flows.kept", made, actor=actor, at=at)
    except IntegrityError as twice:
        raise FileRefused(
            called, "a file of this name is kept already; discard it first"
        ) from twice
    return made


def discard_flow_file(file: FlowFile, *, actor: Actor, at: datetime) -> None:
    """Delete a file; its digest stays in the audit trail."""
    require(actor, Verb.IMPORT, Facts(holder=file.holder))
    with transaction.atomic():
        held = FlowFile.objects.filter(pk=file.pk).defer("content").first()
        if held is None:
            raise Forbidden("there is no such file for you")
        _note("flows.discarded", held, actor=actor, at=at)
        held.delete()


def _note(verb: str, file: FlowFile, *, actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="flow_file",
        subject_id=file.pk,
        at=at,
        detail={"sha256": file.sha256, "rows": file.rows},
    )
