"""Who of a dossier, or of an event, is listed where, and what the law of each gap still asks.

For the handling team alone: a public page, a count or a search knows nothing of it.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from undaunted.core.access.rules import actor_of, face
from undaunted.core.listings.rules import list_source
from undaunted.repression.dossiers.analysis import gather, listed_beside
from undaunted.repression.dossiers.forms import ListedForm
from undaunted.repression.dossiers.queries import dossiers_for
from undaunted.repression.dossiers.writers import sentences_beside
from undaunted.repression.sanctions.rules import STATES, authorities

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.repression.dossiers.models import Dossier

__all__ = ["listed_page", "listed_print"]

MOST = 40
"""Dossiers that are read at once, the newest; an older one is read where it is chosen."""


@face("desk")
@require_safe
def listed_page(request: HttpRequest) -> HttpResponse:
    """Show people of one's dossiers beside lists and laws, narrowed to a dossier or an event."""
    return _answered(request, "dossiers/listed.html")


@face("desk")
@require_safe
def listed_print(request: HttpRequest) -> HttpResponse:
    """Show the same on a page for paper."""
    return _answered(request, "dossiers/listed_print.html")


def _answered(request: HttpRequest, template: str) -> HttpResponse:
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    rows = list(dossiers_for(actor))
    sheets = [gather(actor, each) for each in _read(rows, request.GET.get("dossier", ""))]
    form = ListedForm(request.GET, dossiers=rows, sheets=sheets)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return TemplateResponse(request, "dossiers/listed.html", {"form": form}, status=status)
    laws = [each for each in authorities().values() if each.code in form.laws]
    beside = listed_beside(
        actor, form.chosen(sheets), laws, on=timezone.now().date(), acts=form.acts(sheets)
    )
    asked = request.GET.urlencode()
    shown = {"form": form, "asked": asked, **_told(beside)}
    if len(rows) > len(sheets) and not form.cleaned_data["dossier"]:
        shown |= {"shown": len(sheets), "count": len(rows)}
    return TemplateResponse(request, template, shown)


def _read(rows: list[Dossier], chosen: str) -> list[Dossier]:
    """Give the newest of the dossiers that the actor handles, and an older one that is chosen."""
    return rows[:MOST] + [each for each in rows[MOST:] if str(each.pk) == chosen]


def _told(beside: Any) -> dict[str, Any]:  # noqa: ANN401 - `Beside`
    return {
        "beside": beside,
        "people": [(each, sentences_beside(each)) for each in beside.people],
        "lists": [(each, list_source(each.source)) for each in beside.lists],
        "legend": tuple(reversed(STATES)),
    }
