"""Importing a list on the desk: file, mapping, preview, proposal, decision, progress, undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Verb
from undaunted.core.accounts.middleware import face
from undaunted.prisoners.registry.actions.imports import (
    ImportNotReady,
    accept_import,
    decline_import,
    propose_import,
)
from undaunted.prisoners.registry.actions.undo import (
    UndoRefused,
    UndoUnconfirmed,
    undo_import,
)
from undaunted.prisoners.registry.forms import MappingForm, UploadForm
from undaunted.prisoners.registry.pages.desk_frame import actor_of, allowed, found, posted, shown
from undaunted.prisoners.registry.pages.desk_uploads import (
    draft_of,
    keep_draft,
    read_draft,
    rejects,
    told,
)
from undaunted.prisoners.registry.queries.imports import (
    batch_for,
    batches_for,
    cases_taken_out,
)
from undaunted.prisoners.registry.queries.lists import (
    all_mappings_for,
    list_for,
    lists_for,
    mapping_for,
)
from undaunted.prisoners.registry.queries.reimport import desk_kept
from undaunted.prisoners.registry.readers import UnreadableFile, explain_unreadable, skip_sentence
from undaunted.prisoners.registry.rules.import_rows import Outcome
from undaunted.prisoners.registry.tasks import progress_of, run_import, start_comparison
from undaunted.site.components.listing import CursorPage, Step

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from undaunted.prisoners.registry.models import ImportBatch
    from undaunted.prisoners.registry.pages.desk_uploads import Reading

__all__ = [
    "draft_rejects",
    "index",
    "mapping",
    "new",
    "one",
    "preview",
    "rejected",
    "settle",
    "undo",
]

UNDER_WAY = frozenset({"accepted", "running"})
FINISHED = frozenset({"written", "undone"})


@face("desk")
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the imports, newest first."""
    actor = actor_of(request)
    batches = batches_for(actor)[:100]
    return shown(request, "imports", batches=batches, may_import=actor.can(Verb.IMPORT))


@face("desk")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """First step: take the file."""
    actor = actor_of(request)
    lists = [one for one in lists_for(actor) if allowed(actor, Verb.IMPORT, one.holder)]
    form = UploadForm(
        posted(request),
        request.FILES or None,
        lists=[(str(one.pk), one.name) for one in lists],
        mappings=[
            (str(one.pk), f"{one.source_list.name}: {one.name} {one.version}")
            for one in all_mappings_for(actor)
        ],
        initial={"source_list": request.GET.get("list", "")},
    )
    if request.method == "POST" and form.is_valid():
        draft = keep_draft(form.cleaned_data["source_list"], form.cleaned_data["file"], actor.id)
        chosen = form.cleaned_data["mapping"]
        if chosen:
            draft.toml = found(mapping_for(actor, UUID(chosen))).toml
        draft.save(request)
        return redirect("desk:import_preview" if chosen else "desk:import_mapping")
    return shown(
        request,
        "import_step",
        form=form,
        heading=_("Import a list"),
        steps=_steps(),
        step=1,
        submit=_("Go on"),
    )


@face("desk")
@require_http_methods(["GET", "POST"])
def mapping(request: HttpRequest) -> HttpResponseBase:
    """Second step: say which column means what."""
    draft = draft_of(request, actor_of(request).id)
    if draft is None:
        return redirect("desk:import_new")
    unreadable = None
    if request.method == "POST":
        form = MappingForm(request.POST)
        if form.is_valid():
            draft.toml = form.cleaned_data["toml"]
            draft.save(request)
            return redirect("desk:import_preview")
    else:
        text = draft.toml
        if not text:
            try:
                text = draft.suggested()
            except UnreadableFile as error:
                unreadable = explain_unreadable(error)
        form = MappingForm(initial={"toml": text})
    return shown(
        request,
        "import_step",
        form=form,
        heading=_("How the columns are read"),
        steps=_steps(),
        step=2,
        submit=_("Show the preview"),
        unreadable=unreadable,
    )


@face("desk")
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest) -> HttpResponseBase:
    """Third step: show every row's problems; nothing is written before it is proposed."""
    actor = actor_of(request)
    draft = draft_of(request, actor.id)
    if draft is None or not draft.toml:
        return redirect("desk:import_new")
    source_list = found(list_for(actor, UUID(draft.source_list)))
    values: dict[str, Any] = {
        "file_name": draft.file_name,
        "list": source_list,
        "steps": _steps(),
    }
    at = timezone.now()
    try:
        if request.method == "POST":
            with draft.path.open("rb") as file:
                batch = propose_import(
                    source_list,
                    actor=actor,
                    at=at,
                    file=file,
                    file_name=draft.file_name,
                    mapping_toml=draft.toml,
                )
            draft.discard(request)
            messages.success(request, _("The import has been proposed."))
            return redirect("desk:import", batch.pk)
        values |= _told(
            read_draft(
                actor, source_list, draft.path, draft.toml, today=at.date(), first=_first(request)
            )
        )
    except UnreadableFile as error:
        values["unreadable"] = explain_unreadable(error)
    return shown(request, "import_preview", **values)


@face("desk")
@require_safe
def draft_rejects(request: HttpRequest) -> HttpResponseBase:
    """Download the rows that the preview rejects."""
    draft = found(draft_of(request, actor_of(request).id))
    return rejects(draft.path, draft.toml, today=timezone.now().date(), name=draft.file_name)


@face("desk")
@require_safe
def one(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Show one import: its decision, its progress, its result."""
    actor = actor_of(request)
    batch = found(batch_for(actor, batch_id))
    under_way = batch.state in UNDER_WAY
    steward = allowed(actor, Verb.ACCEPT_IMPORT, batch.holder)
    if under_way:
        batch.rows_written = progress_of(batch.pk)
    return shown(
        request,
        "import",
        batch=batch,
        expected=max(batch.rows_good, 1),
        under_way=under_way,
        finished=batch.state in FINISHED,
        **_problems(request, batch),
        may_accept=steward and batch.state == "proposed",
        may_undo=steward and batch.state == "written",
        taking_out=cases_taken_out(actor, batch),
        steps=_steps(),
        step=4 if batch.state == "proposed" else 5,
    )


@face("desk")
@require_POST
def settle(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Accept an import and let the worker write it, or refuse it."""
    actor = actor_of(request)
    batch = found(batch_for(actor, batch_id))
    try:
        given = request.POST.get("answer")
        if given == "accept":
            accept_import(batch, actor=actor, at=timezone.now())
            run_import.defer(batch_id=str(batch.pk), user_id=str(actor.id))
            messages.success(request, _("The import is being written."))
        elif given == "refuse":
            decline_import(batch, actor=actor, at=timezone.now())
            messages.success(request, _("The import has been refused."))
    except ImportNotReady:
        messages.error(request, _("Somebody decided on this import before."))
    return redirect("desk:import", batch.pk)


@face("desk")
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Take a written import back; asks first where published cases leave with it."""
    actor = actor_of(request)
    batch = found(batch_for(actor, batch_id))
    said = request.POST.get("taking_out", "0")
    number = int(said) if said.isdecimal() and len(said) <= 9 else 0  # noqa: PLR2004
    if request.method == "GET":
        return _asked(request, batch)
    try:
        undo_import(batch, actor=actor, at=timezone.now(), taking_out=number)
        start_comparison(batch.holder, actor=actor, at=timezone.now())
        messages.success(request, _("The import has been undone."))
    except UndoUnconfirmed:
        return _asked(request, batch)
    except UndoRefused:
        refusal = _("Only the newest import of a list that still stands can be undone.")
        messages.error(request, refusal)
    return redirect("desk:import", batch.pk)


@face("desk")
@require_safe
def rejected(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Download the rows that an import rejected."""
    batch = found(batch_for(actor_of(request), batch_id))
    path = Path(settings.DOCUMENTS_FOLDER) / batch.file_path
    if not path.is_file():
        raise Http404  # it was turned down, and its file has been erased
    day = batch.proposed_at.date()
    return rejects(path, batch.mapping.toml, today=day, name=batch.file_name)


def _problems(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    """Give what its proposer saw of an import that waits; of a written one where the desk stood."""
    actor, path = actor_of(request), Path(settings.DOCUMENTS_FOLDER) / batch.file_path
    if batch.state != "proposed" or not path.is_file():
        return {"problems": [told(one) for one in desk_kept(actor, batch)]}
    day, first = batch.proposed_at.date(), _first(request)
    reading = read_draft(actor, batch.source_list, path, batch.mapping.toml, today=day, first=first)
    return _told(reading)


def _first(request: HttpRequest) -> int:
    """Give where the page of problems begins that was asked for."""
    first = request.GET.get("after") or request.GET.get("before") or "0"
    return int(first) if first.isdecimal() and len(first) <= 9 else 0  # noqa: PLR2004


def _asked(request: HttpRequest, batch: ImportBatch) -> HttpResponseBase:
    """Show how many published cases leave with an import; the button carries the number."""
    actor = actor_of(request)
    if not allowed(actor, Verb.ACCEPT_IMPORT, batch.holder) or batch.state != "written":
        raise Http404
    taking_out = cases_taken_out(actor, batch)
    return shown(request, "import_undo", batch=batch, taking_out=taking_out)


def _told(reading: Reading) -> dict[str, Any]:
    outcomes = reading.summary.outcomes
    counts = {outcome.value: outcomes[outcome] for outcome in Outcome}
    skips = reading.summary.skipped.most_common()
    return {
        "counts": counts | {"rows": reading.summary.rows},
        "notes": reading.notes,
        "skips": [(skip_sentence(reason), times) for reason, times in skips],
        "problems": reading.problems,
        "page": CursorPage(
            shown=len(reading.problems),
            total=reading.total,
            previous=reading.previous,
            next=reading.next,
        ),
    }


def _steps() -> list[Step]:
    return [
        Step(_("File"), reverse("desk:import_new")),
        Step(_("Mapping")),
        Step(_("Preview")),
        Step(_("Decision")),
        Step(_("Result")),
    ]
