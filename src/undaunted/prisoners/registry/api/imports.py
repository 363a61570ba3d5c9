"""Bringing a list in with a token: read for trial, proposed, decided by the steward."""

from __future__ import annotations

import tempfile
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.core.places.rules import find_country, suggest_countries
from undaunted.prisoners.registry.actions.imports import (
    accept_import,
    decline_import,
    propose_import,
)
from undaunted.prisoners.registry.api.checks import PageSize, found, refusals
from undaunted.prisoners.registry.api.standing import DecisionIn
from undaunted.prisoners.registry.queries.imports import batch_for, batches_for, preview_of
from undaunted.prisoners.registry.queries.lists import list_named
from undaunted.prisoners.registry.readers import (
    InvalidMapping,
    Preview,
    UnreadableFile,
    explain,
    explain_unreadable,
    open_preview,
    parse_mapping,
)
from undaunted.prisoners.registry.rules.import_rows import ImportSummary
from undaunted.prisoners.registry.tasks import run_import
from undaunted.site.problems import Unusable

__all__ = ["router"]

router = Router(tags=["desk"])
READ = TokenScope(Scope.READ)
IMPORT = TokenScope(Scope.IMPORT)
DECIDE = TokenScope(Scope.DECIDE)

MOST_PROBLEMS = 200
Answer = Any


class RowProblem(Schema):
    """One problem of one row: where, why, and what to do."""

    line: int
    column: str
    value: str
    reason: str
    remedy: str


class Trial(Schema):
    """What would come of a file; nothing is kept. The first two hundred problems are told."""

    rows: int
    outcomes: dict[str, int]
    problems: list[RowProblem]


class Batch(Schema):
    """An import and where it stands."""

    id: UUID
    source_list: str
    file_name: str
    state: str
    rows_read: int
    rows_good: int
    rows_rejected: int
    rows_skipped: int
    rows_flagged: int
    rows_written: int
    proposed_at: datetime
    failure: str


@router.post("/imports/trial", response=Trial, auth=IMPORT, summary="Read a file for trial")
def try_import(
    request: HttpRequest,  # noqa: ARG001 - the router passes it
    file: File[UploadedFile],
    mapping: Form[str],
) -> Answer:
    """Read a file through a mapping (TOML) and tell what would come of each row."""
    Path(settings.DOCUMENTS_FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=settings.DOCUMENTS_FOLDER, prefix=".trial-") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        try:
            with open_preview(
                Path(kept.name),
                parse_mapping(mapping),
                today=timezone.now().date(),
                find_country=find_country,
                near_countries=suggest_countries,
            ) as preview:
                return _trial(preview)
        except (InvalidMapping, UnreadableFile) as refusal:
            raise _unusable(refusal) from None


@router.post("/imports", response={201: Batch}, auth=IMPORT, summary="Propose an import")
def add_import(
    request: HttpRequest,
    file: File[UploadedFile],
    source_list: Form[str],
    mapping: Form[str],
) -> Answer:
    """Keep a file and count what would come of it; the steward of the list decides."""
    actor = actor_of(request)
    held = list_named(actor, source_list) if "\x00" not in source_list else None
    if held is None:
        raise Unusable("source_list", "no list that you may read has this slug", body=True)
    with refusals():
        try:
            batch = propose_import(
                held,
                actor=actor,
                at=timezone.now(),
                file=cast("BinaryIO", file.file),
                file_name=file.name or "list",
                mapping_toml=mapping,
            )
        except (InvalidMapping, UnreadableFile) as refusal:
            raise _unusable(refusal) from None
    return _batch(batch)


@router.get("/imports", response=list[Batch], auth=READ, summary="Imports one may read")
def own_imports(request: HttpRequest, size: PageSize = 25) -> Answer:
    """Give the newest imports."""
    return [_batch(one) for one in batches_for(actor_of(request))[:size]]


@router.get("/imports/{uuid:batch}", response=Batch, auth=READ, summary="One import")
def own_import(request: HttpRequest, batch: UUID) -> Answer:
    """Give an import and where it stands."""
    return _batch(found(batch_for(actor_of(request), batch)))


@router.get("/imports/{uuid:batch}/preview", response=Trial, auth=READ, summary="Its problems")
def own_preview(request: HttpRequest, batch: UUID) -> Answer:
    """Read the stored file again as it was read when it was proposed."""
    actor = actor_of(request)
    found(batch_for(actor, batch))
    with preview_of(actor, batch) as preview:
        return _trial(preview)


@router.post("/imports/{uuid:batch}/decision", response={202: Batch}, auth=DECIDE, summary="Decide")
def settle_import(request: HttpRequest, batch: UUID, decision: DecisionIn) -> Answer:
    """Accept an import and let the worker write it, or decline it."""
    actor = actor_of(request)
    held = found(batch_for(actor, batch))
    with refusals():
        if decision.accept:
            held = accept_import(held, actor=actor, at=timezone.now())
            run_import.defer(batch_id=str(held.pk), user_id=str(actor.id))
        else:
            held = decline_import(held, actor=actor, at=timezone.now())
    return _batch(held)


def _trial(preview: Preview) -> dict[str, Any]:
    summary, problems = ImportSummary(), list[dict[str, Any]]()
    for row in preview:
        summary.add(row)
        room = MOST_PROBLEMS - len(problems)
        for one in islice(row.problems, max(room, 0)):
            told = explain(one)
            problems.append(
                {
                    "line": row.line,
                    "column": one.column,
                    "value": one.value[:200],
                    "reason": told.reason,
                    "remedy": told.advice,
                }
            )
    outcomes = {outcome.value: number for outcome, number in summary.outcomes.items()}
    return {"rows": summary.rows, "outcomes": outcomes, "problems": problems}


def _unusable(refusal: InvalidMapping | UnreadableFile) -> Unusable:
    if isinstance(refusal, UnreadableFile):
        told = explain_unreadable(refusal)
        return Unusable("file", f"{told.reason} {told.advice}".strip(), body=True)
    faults = (f"{one.column}: {explain(one).reason}".strip(": ") for one in refusal.problems)
    return Unusable("mapping", "; ".join(faults), body=True)


def _batch(batch: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of the ledger
    told = {name: getattr(batch, name) for name in Batch.model_fields if name != "source_list"}
    return {**told, "source_list": batch.source_list.slug}
