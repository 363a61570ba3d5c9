"""Redacting an annex at the desk, beginning with the names of whoever did not agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from undaunted.core.access.pages import Desk
from undaunted.core.access.rules import Facts, Verb, actor_of, face, require
from undaunted.core.evidence.actions import open_copy
from undaunted.core.evidence.forms import page_asked
from undaunted.core.evidence.queries import clean_copy_of, document_for
from undaunted.core.evidence.rules import MediaKind, Unredactable
from undaunted.core.listings.writers import place_told
from undaunted.core.vault.queries import open_key_of
from undaunted.core.vault.rules import VaultError
from undaunted.repression.dossiers.actions import redact_annex
from undaunted.repression.dossiers.analysis import gather, passages_of
from undaunted.repression.dossiers.forms import AnnexRedactForm
from undaunted.repression.dossiers.pages.answers import address_of, found
from undaunted.repression.dossiers.queries import dossier_for, part_of
from undaunted.repression.dossiers.rules import FIRST_LAWS, DossierRefused
from undaunted.repression.sanctions.rules import authorities

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey
    from undaunted.repression.dossiers.models import Annex

__all__ = ["redact"]

_DESK = Desk((DossierRefused, Unredactable), about=frozenset({"document"}))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def redact(request: HttpRequest, dossier: UUID, annex: UUID) -> HttpResponse:
    """Redact an annex; `?for=` says which government reads it, `?page=` shows another page."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    require(actor, Verb.RECORD, Facts(holder=held.holder))
    part = found(part_of(actor, held, "annex", annex))
    sheet, place = gather(actor, held), _place(request)
    document = document_for(actor, part.document)
    sealed = document is not None and document.team is not None
    key = open_key_of(actor, request, at=timezone.now()) if sealed else None
    begun = {}
    if request.method != "POST":
        opened = _opened(part, key, actor) if key else b""
        named = passages_of(actor, sheet, part, place, on=timezone.now().date(), opened=opened)
        begun = {"passages": "\n".join(named), "ground": "agreement"}
    form = AnnexRedactForm(request.POST or None, sheet=sheet, initial=begun, sealed=sealed)

    def step() -> Annex:
        return redact_annex(
            part, form.marks(), form.why(), shows=form.people(), actor=actor, at=timezone.now(),
            key=key, lies_open=form.may_lie_open(),
        )  # fmt: skip

    if made := _DESK.written(request, form, step):
        return redirect("evidence:redacted", made.redacted)
    copy = clean_copy_of(actor, document) if document else None
    shown = {
        "dossier": held,
        "annex": part,
        "document": document,
        "drawn": bool(copy and copy.sha256 and MediaKind(copy.media_type).has_pages),
        "page": page_asked(request.GET),
        "sealed": sealed,
        "locked": sealed and key is None,
        "places": [(each, place_told(each), each == place) for each in _places()],
        "place": place,
        "form": form,
        "back": address_of(held),
        "here": reverse("dossiers:redact", args=[held.pk, part.pk]),
    }
    return TemplateResponse(request, "dossiers/redact.html", shown)


def _opened(annex: Annex, key: OpenKey, actor: Actor) -> bytes:
    """Give the clean copy of a sealed document; nothing where there is none for this key."""
    document = found(document_for(actor, annex.document))
    try:
        return open_copy(document, key=key, actor=actor, at=timezone.now()).read()
    except (VaultError, OSError):
        return b""


def _places() -> list[str]:
    """Give the jurisdictions that have a law with a test."""
    return list(dict.fromkeys(each.jurisdiction for each in authorities().values() if each.pack))


def _place(request: HttpRequest) -> str:
    asked = request.GET.get("for", "")
    return asked if asked in _places() else authorities()[FIRST_LAWS[0]].jurisdiction
