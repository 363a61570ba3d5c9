"""Looking at an annex: its file, and the word of a second person that nobody else is to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from undaunted.core.access.rules import Facts, Verb, actor_of, face, require
from undaunted.repression.dossiers.actions import look_at_annex, open_annex
from undaunted.repression.dossiers.analysis import file_going, gather
from undaunted.repression.dossiers.forms import LookForm
from undaunted.repression.dossiers.pages.answers import DESK, address_of, found, stopped
from undaunted.repression.dossiers.queries import dossier_for, part_of
from undaunted.repression.dossiers.rules import DossierRefused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.repression.dossiers.models import AnnexLook

__all__ = ["annex_file", "look"]


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, dossier: UUID, annex: UUID) -> HttpResponse:
    """Show what goes along of an annex, and take the word of who looked at it."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    require(actor, Verb.REVIEW_TEXT, Facts(holder=held.holder, earlier_hands=frozenset()))
    part = found(part_of(actor, held, "annex", annex))
    going = file_going(actor, part)
    digest = going.sha256 if going else ""
    form = LookForm(request.POST or None, initial={"sha256": digest})

    def step() -> AnnexLook:
        told = form.cleaned_data["sha256"]
        return look_at_annex(part, told, actor=actor, at=timezone.now())

    if DESK.written(request, form, step):
        return redirect(address_of(held))
    shown = {
        "dossier": held,
        "annex": part,
        "numbers": gather(actor, held).persons(part),
        "going": going,
        "size": len(going.content) if going else 0,
        "form": form,
        "back": address_of(held),
    }
    return TemplateResponse(request, "dossiers/look.html", shown)


@face("desk")
@require_GET
def annex_file(request: HttpRequest, dossier: UUID, annex: UUID) -> HttpResponse:
    """Give the file that goes along of an annex, to be saved; that it was taken is noted.

    HEAD gives no bytes, and nobody has looked by it.
    """
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    part = found(part_of(actor, held, "annex", annex))
    try:
        going = open_annex(part, actor=actor, at=timezone.now())
    except DossierRefused as refusal:
        return stopped(request, refusal, address_of(held), status=410)
    answer = HttpResponse(going.content, content_type=going.media_type)
    answer["Content-Disposition"] = f'attachment; filename="annex.{going.ending}"'
    answer["Cache-Control"] = "no-store"
    return answer
