"""Bringing a list in with a token: read for trial, proposed, decided by the steward."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from undaunted.core.access.rules import Actor
from undaunted.core.accounts.api import TokenScope, actor_of, require_scope
from undaunted.core.accounts.rules import Scope
from undaunted.core.places.rules import find_country, suggest_countries
from undaunted.prisoners.registry.actions.imports import (
    accept_import,
    decline_import,
    propose_import,
)
from undaunted.prisoners.registry.actions.undo import undo_import
from undaunted.prisoners.registry.api.checks import PageSize, found, refusals
from undaunted.prisoners.registry.api.cursors import read_cursor, write_cursor
from undaunted.prisoners.registry.api.standing import DecisionIn
from undaunted.prisoners.registry.models import SourceList
from undaunted.prisoners.registry.queries.imports import (
    batch_for,
    batches_for,
    cases_taken_out,
    preview_of,
)
from undaunted.prisoners.registry.queries.lists import list_named
from undaunted.prisoners.registry.queries.reimport import DESK_STANDS, read_beside_desk
from undaunted.prisoners.registry.readers import (
    InvalidMapping,
    Preview,
    UnreadableFile,
    explain,
    explain_unreadable,
    open_preview,
    parse_mapping,
)
from undaunted.prisoners.registry.rules.import_rows import ImportSummary, Problem
from undaunted.prisoners.registry.tasks import run_import, start_comparison
from undaunted.site.problems import Unusable

__all__ = ["router"]

router = Router(tags=["desk"])
READ = TokenScope(Scope.READ)
IMPORT = TokenScope(Scope.IMPORT)
DECIDE = TokenScope(Scope.DECIDE)

MOST_PROBLEMS = 200
Answer = Any


class RowProblem(Schema):
    """One problem of one row: where, why, and what to do.

    Of code `desk_stands` are those where the list contradicts what the desk has recorded.
    """

    line: int
    code: str
    column: str
    value: str
    reason: str
    remedy: str


class Trial(Schema):
    """What would come of a file; nothing is kept. The first two hundred problems are told.

    `contradicted` counts all of those with the code `desk_stands`.
    """

    rows: int
    outcomes: dict[str, int]
    contradicted: int
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


class Batches(Schema):
    """One page of imports; `next` is the cursor of the page after, empty on the last."""

    imports: list[Batch]
    next: str


class OneBatch(Batch):
    """One import, with the number of published cases that leave if it is undone."""

    taking_out: int


class UndoIn(Schema):
    """The number of published cases that whoever undoes knows to leave with it."""

    taking_out: Annotated[int, Field(ge=0, le=100_000_000)] = 0


@router.post("/imports/trial", response=Trial, auth=IMPORT, summary="Read a file for trial")
def try_import(
    request: HttpRequest,
    file: File[UploadedFile],
    mapping: Form[str],
    source_list: Form[str] = "",
) -> Answer:
    """Read a file through a mapping (TOML) and tell what would come of each row.

    Where a list is named, also where it contradicts what the desk has recorded since; the token
    needs the scope of reading then.
    """
    actor = actor_of(request)
    if source_list:
        require_scope(request, Scope.READ)
    held = _list(actor, source_list) if source_list else None
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
                return _trial(actor, held.pk if held else None, preview)
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
    held = _list(actor, source_list)
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


@router.get("/imports", response=Batches, auth=READ, summary="Imports one may read")
def own_imports(request: HttpRequest, cursor: str = "", size: PageSize = 25) -> Answer:
    """Give the imports that the token's person may read, the newest first."""
    rows = batches_for(actor_of(request))
    if cursor:
        at, last = read_cursor(cursor)
        rows = rows.filter(Q(proposed_at__lt=at) | Q(proposed_at=at, id__gt=last))
    page = list(rows[: size + 1])
    shown = page[:size]
    return {
        "imports": [_batch(one) for one in shown],
        "next": write_cursor(shown[-1].proposed_at, shown[-1].pk) if len(page) > size else "",
    }


@router.get("/imports/{uuid:batch}", response=OneBatch, auth=READ, summary="One import")
def own_import(request: HttpRequest, batch: UUID) -> Answer:
    """Give an import and where it stands."""
    actor = actor_of(request)
    held = found(batch_for(actor, batch))
    return _batch(held) | {"taking_out": cases_taken_out(actor, held)}


@router.get("/imports/{uuid:batch}/preview", response=Trial, auth=READ, summary="Its problems")
def own_preview(request: HttpRequest, batch: UUID) -> Answer:
    """Read the stored file again as it was read when it was proposed.

    Where the list contradicts what the desk has recorded is told as it is today.
    """
    actor = actor_of(request)
    held = found(batch_for(actor, batch))
    with preview_of(actor, batch) as preview:
        return _trial(actor, held.source_list_id, preview)


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


@router.post(
    "/imports/{uuid:batch}/undo", response={201: Batch}, auth=DECIDE, summary="Undo an import"
)
def end_import(request: HttpRequest, batch: UUID, undo: UndoIn) -> Answer:
    """Take a written import back; 409 unless `taking_out` is what `imports/IMPORT` says."""
    actor = actor_of(request)
    held = found(batch_for(actor, batch))
    with refusals():
        done = undo_import(held, actor=actor, at=timezone.now(), taking_out=undo.taking_out)
        start_comparison(done.holder, actor=actor, at=timezone.now())
    return _batch(done)


def _list(actor: Actor, slug: str) -> SourceList:
    held = list_named(actor, slug) if "\x00" not in slug else None
    if held is None:
        raise Unusable("source_list", "no list that you may read has this slug", body=True)
    return held


def _trial(actor: Actor, source_list: UUID | None, preview: Preview) -> dict[str, Any]:
    summary, told, contradicted = ImportSummary(), list[dict[str, Any]](), 0
    for rows, problems in read_beside_desk(actor, source_list, preview):
        for row in rows:
            summary.add(row)
        told += [_problem(one) for one in problems[: MOST_PROBLEMS - len(told)]]
        contradicted += sum(one.code == DESK_STANDS for one in problems)
    return {
        "rows": summary.rows,
        "outcomes": {outcome.value: number for outcome, number in summary.outcomes.items()},
        "contradicted": contradicted,
        "problems": told,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    reason, remedy = explain(problem)
    return {
        "line": problem.line,
        "code": problem.code,
        "column": problem.column,
        "value": problem.value[:200],
        "reason": reason,
        "remedy": remedy,
    }


def _unusable(refusal: InvalidMapping | UnreadableFile) -> Unusable:
    if isinstance(refusal, UnreadableFile):
        told = explain_unreadable(refusal)
        return Unusable("file", f"{told.reason} {told.advice}".strip(), body=True)
    faults = (f"{one.column}: {explain(one).reason}".strip(": ") for one in refusal.problems)
    return Unusable("mapping", "; ".join(faults), body=True)


def _batch(batch: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of the ledger
    told = {name: getattr(batch, name) for name in Batch.model_fields if name != "source_list"}
    return {**told, "source_list": batch.source_list.slug}
