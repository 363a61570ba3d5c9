"""Redacting an annex at the desk, beginning with the names of whoever did not agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from undaunted.core.access.rules import Facts, Verb, actor_of, face, require
from undaunted.core.evidence.queries import clean_copy_of, document_for
from undaunted.core.listings.writers import place_told
from undaunted.repression.dossiers.actions import redact_annex
from undaunted.repression.dossiers.analysis import gather, passages_of
from undaunted.repression.dossiers.forms import AnnexRedactForm
from undaunted.repression.dossiers.pages.answers import DESK, address_of, found
from undaunted.repression.dossiers.queries import dossier_for, part_of
from undaunted.repression.dossiers.rules import FIRST_LAWS
from undaunted.repression.sanctions.rules import authorities

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.repression.dossiers.models import Annex

__all__ = ["redact"]

_DRAWN = frozenset({"application/pdf", "image/jpeg", "image/png"})


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def redact(request: HttpRequest, dossier: UUID, annex: UUID) -> HttpResponse:
    """Redact an annex; `?for=` says which government reads it, `?page=` shows another page."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    require(actor, Verb.RECORD, Facts(holder=held.holder))
    part = found(part_of(actor, held, "annex", annex))
    sheet, place = gather(actor, held), _place(request)
    begun = {}
    if request.method != "POST":
        named = passages_of(actor, sheet, part, place, on=timezone.now().date())
        begun = {"passages": "\n".join(named), "ground": "agreement"}
    form = AnnexRedactForm(request.POST or None, sheet=sheet, initial=begun)

    def step() -> Annex:
        return redact_annex(
            part, form.marks(), form.why(), shows=form.people(), actor=actor, at=timezone.now()
        )

    if made := DESK.written(request, form, step):
        return redirect("evidence:redacted", made.redacted)
    document = document_for(actor, part.document)
    copy = clean_copy_of(actor, document) if document else None
    shown = {
        "dossier": held,
        "annex": part,
        "document": document,
        "drawn": copy is not None and copy.media_type in _DRAWN,
        "page": _number(request),
        "places": [(each, place_told(each), each == place) for each in _places()],
        "place": place,
        "form": form,
        "back": address_of(held),
        "here": reverse("dossiers:redact", args=[held.pk, part.pk]),
    }
    return TemplateResponse(request, "dossiers/redact.html", shown)


def _places() -> list[str]:
    """Give the jurisdictions that have a law with a test."""
    return list(dict.fromkeys(each.jurisdiction for each in authorities().values() if each.pack))


def _place(request: HttpRequest) -> str:
    asked = request.GET.get("for", "")
    return asked if asked in _places() else authorities()[FIRST_LAWS[0]].jurisdiction


def _number(request: HttpRequest) -> int:
    told = request.GET.get("page", "")
    return int(told) if told.isdecimal() and len(told) <= len("1000") and int(told) else 1
