"""Exports: proposed on the page of a mailbox, approved by somebody else, fetched once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from undaunted.core.access.rules import face
from undaunted.core.intake.actions import (
    ConflictFound,
    ExportRefused,
    approve_export,
    make_export,
    propose_export,
    refuse_export,
)
from undaunted.core.intake.forms.casework import ExportProposal
from undaunted.core.intake.pages.frame import actor_of, keep_away, key_of, require_mailbox
from undaunted.core.intake.pages.shown import Shown, show_mailbox
from undaunted.core.intake.queries import exports_for
from undaunted.core.intake.rules import ExportForm, WhyExported
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.core.intake.models import Export

__all__ = ["approve", "fetch", "propose", "refuse"]


@face("desk")
@require_POST
def propose(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Propose an export; a colleague approves it within the hour."""
    box = require_mailbox(request, mailbox)
    form = ExportProposal(request.POST, auto_id="export-%s")
    if not form.is_valid():
        return show_mailbox(request, box, Shown(export_form=form))
    given = form.cleaned_data
    propose_export(
        box,
        ExportForm(given["form"]),
        WhyExported(given["reason"]),
        recipient=given["recipient"],
        actor=actor_of(request),
        at=timezone.now(),
    )
    return redirect("intake-desk:mailbox", mailbox)


@face("desk")
@require_POST
def approve(request: HttpRequest, mailbox: UUID, export: UUID) -> HttpResponse:
    """Approve what somebody else proposed."""
    held = _held(request, mailbox, export)
    try:
        approve_export(held, actor=actor_of(request), at=timezone.now())
    except ExportRefused:
        return _told(request, mailbox)
    return redirect("intake-desk:mailbox", mailbox)


@face("desk")
@require_POST
def refuse(request: HttpRequest, mailbox: UUID, export: UUID) -> HttpResponse:
    """Refuse a proposal, or take back one's own."""
    held = _held(request, mailbox, export)
    try:
        refuse_export(held, actor=actor_of(request), at=timezone.now())
    except ExportRefused:
        return _told(request, mailbox)
    return redirect("intake-desk:mailbox", mailbox)


@face("desk")
@require_POST
def fetch(request: HttpRequest, mailbox: UUID, export: UUID) -> HttpResponse:
    """Make the package of an approved export and hand it over, once."""
    held, key = _held(request, mailbox, export), key_of(request)
    if key is None:
        return redirect("vault:vault")
    try:
        name, content = make_export(held, key=key, actor=actor_of(request), at=timezone.now())
    except ExportRefused:
        return _told(request, mailbox)
    except ConflictFound:
        return keep_away(request, held.mailbox, key)
    except VaultError as error:
        return show_mailbox(request, held.mailbox, Shown(problem=str(error)))
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _held(request: HttpRequest, mailbox: UUID, export: UUID) -> Export:
    box = require_mailbox(request, mailbox)
    found = exports_for(actor_of(request), box).filter(pk=export).first()
    if found is None:
        raise Http404
    return found


def _told(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    told = _(
        "An export is proposed by one person and approved by another within the hour; whoever "
        "proposed it fetches it once within the next hour. Propose it again."
    )
    return show_mailbox(request, require_mailbox(request, mailbox), Shown(problem=told))
