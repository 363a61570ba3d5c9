"""The log at the desk: raises, what came of them, a sheet taken in, the log to print."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.prisoners.campaigns.actions import (
    check_rows,
    import_raises,
    record_raise,
    record_step,
    withdraw_raise,
)
from undaunted.prisoners.campaigns.analysis import printed_sheet
from undaunted.prisoners.campaigns.forms import ImportForm, RaiseForm, StepForm
from undaunted.prisoners.campaigns.pages.answers import REFUSALS, done, found
from undaunted.prisoners.campaigns.queries import (
    adopter_for,
    campaign_for,
    case_for,
    desk_lines,
    raise_for,
    raises_of,
)
from undaunted.prisoners.campaigns.readers import read_columns, read_raises, row_from
from undaunted.prisoners.campaigns.rules import CampaignRefused
from undaunted.prisoners.campaigns.rules.rows import as_data, from_data
from undaunted.prisoners.campaigns.writers import known_told, problem_told

if TYPE_CHECKING:
    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.campaigns.models import Campaign
    from undaunted.prisoners.campaigns.rules.rows import SheetRead, TakenIn

__all__ = ["bring_in", "log", "raise_page", "sheet", "sheet_file", "withdraw_entry"]

HOUR = 60 * 60
MOST_SHOWN = 500
FORMS = frozenset({"pdf", "docx"})


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the log, and record a raise."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    form = RaiseForm(request.POST or None, actor=actor, campaign=held)
    if request.method == "POST" and form.is_valid():
        try:
            made = _record(held, form, actor)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("campaigns-desk:raise", made)
    shown = {
        "campaign": held,
        "raises": raises_of(actor, held)[:MOST_SHOWN],
        "form": form,
        "may": decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed,
    }
    return TemplateResponse(request, "campaigns/desk/log.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def raise_page(request: HttpRequest, raised: UUID) -> HttpResponse:
    """Show a raise with what came of it, and record what came."""
    actor = actor_of(request)
    held = found(raise_for(actor, raised))
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            record_step(held, actor=actor, at=timezone.now(), on=told["on"], reply=form.chosen,
                        text=told["text"])  # fmt: skip
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("campaigns-desk:raise", held.pk)
    may = decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed
    shown = {"raised": held, "campaign": held.campaign, "form": form, "may": may}
    return TemplateResponse(request, "campaigns/desk/raise.html", shown)


@face("desk")
@require_POST
def withdraw_entry(request: HttpRequest, raised: UUID) -> HttpResponse:
    """Take an entry out of the log."""
    actor = actor_of(request)
    held = found(raise_for(actor, raised))
    back = reverse("campaigns-desk:log", args=[held.campaign.reference])
    return done(request, lambda: withdraw_raise(held, actor=actor, at=timezone.now()), back)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, reference: str) -> HttpResponse:
    """Look at a sheet first, then take it in; what was looked at travels sealed in the page."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    if "rows" in request.POST:
        back = reverse("campaigns-desk:log", args=[held.reference])
        return done(request, lambda: _take(held, request.POST["rows"], actor), back)
    form = ImportForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {"campaign": held, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            read = _read(form)
            check = check_rows(held, read.rows, actor=actor, at=timezone.now())
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            wrong = sorted([*read.problems, *check.problems], key=lambda each: each.line)
            sealed = signing.dumps(
                [as_data(row) for row in read.rows], salt=_salt(held, actor), compress=True
            )
            shown |= {
                "read": read,
                "problems": [problem_told(each) for each in wrong],
                "known": [(known_told(each), each.earlier) for each in check.known],
                "fresh": len(read.rows) - len(check.known),
                "rows": read.rows[:20],
                "sealed": sealed,
            }
    return TemplateResponse(request, "campaigns/desk/import.html", shown)


@face("desk")
@require_safe
def sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who raised whom, where, with what reply, ready to print; silent cases are not in it."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    lines = desk_lines(actor, held)
    shown = {"campaign": held, "lines": lines, "on": timezone.now().date()}
    return TemplateResponse(request, "campaigns/desk/sheet.html", shown)


@face("desk")
@require_safe
def sheet_file(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """Give the same as PDF or Word, marked as not public on every page."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    if form not in FORMS:
        raise Http404
    language = get_language() or "en"
    made = printed_sheet(actor, held, form, at=timezone.now(), language=language)
    answer = HttpResponse(made.content, content_type=made.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer


def _record(campaign: Campaign, form: RaiseForm, actor: Actor) -> UUID:
    told = form.cleaned_data
    made = record_raise(
        campaign,
        form.raising,
        actor=actor,
        at=timezone.now(),
        case=found(case_for(actor, UUID(told["case"]))) if told["case"] else None,
        adopter=found(adopter_for(actor, UUID(told["adopter"]))) if told["adopter"] else None,
    )
    return made.pk


def _read(form: ImportForm) -> SheetRead:
    mapping = form.cleaned_data["mapping"].strip()
    with tempfile.NamedTemporaryFile(prefix="undaunted-raises-") as kept:
        for part in form.cleaned_data["file"].chunks():
            kept.write(part)
        kept.flush()
        return read_raises(Path(kept.name), read_columns(mapping) if mapping else None)


def _take(campaign: Campaign, sealed: str, actor: Actor) -> TakenIn:
    try:
        told = signing.loads(sealed, salt=_salt(campaign, actor), max_age=HOUR)
    except signing.BadSignature:
        raise CampaignRefused(
            _("The look at this sheet is too old; choose the file again.")
        ) from None
    rows = [row_from(*from_data(values))[0] for values in told]
    return import_raises(
        campaign, [row for row in rows if row is not None], actor=actor, at=timezone.now()
    )


def _salt(campaign: Campaign, actor: Actor) -> str:
    return f"campaign-sheet|{campaign.pk}|{actor.id}"
