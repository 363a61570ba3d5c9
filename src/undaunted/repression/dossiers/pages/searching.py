"""Search the lists for one of the alleged or for everybody, and say at once what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from undaunted.core.access.rules import actor_of, face
from undaunted.core.matching.analysis import unheard
from undaunted.repression.dossiers.actions import search_listings
from undaunted.repression.dossiers.pages.answers import address_of, found, stopped
from undaunted.repression.dossiers.queries import accused_in, details_in, dossier_for, part_of
from undaunted.repression.dossiers.rules import DetailKind, DossierRefused
from undaunted.repression.dossiers.writers import not_compared, silence_told
from undaunted.site.components.clauses import clauses_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.repression.dossiers.models import Accused

__all__ = ["search"]


class _Searched(forms.Form):
    part = forms.UUIDField(required=False)


@face("desk")
@require_POST
def search(request: HttpRequest, dossier: UUID) -> HttpResponse:
    """Search for the one who is named by `part`, else for everybody in the dossier."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    form = _Searched(request.POST)
    if not form.is_valid():
        name, problems = next(iter(form.errors.items()))
        return stopped(request, f"{name}: {problems[0]}", address_of(held))
    part = form.cleaned_data["part"]
    people = (
        [found(part_of(actor, held, "accused", part))] if part else list(accused_in(actor, held))
    )
    try:
        done = [search_listings(each, actor=actor, at=timezone.now()) for each in people]
    except DossierRefused as refusal:
        return stopped(request, refusal, address_of(held))
    if done:
        names = details_in(actor, held).filter(accused__in=people, kind=DetailKind.NAME.value)
        messages.success(request, _told(done, list(names.values_list("text", flat=True))))
    return redirect(f"{address_of(held)}#people")


def _told(done: Iterable[Accused], names: Collection[str]) -> str:
    """Say that the lists were searched, which names are alike, and which could not be compared."""
    rows = list(done)
    alike = list(dict.fromkeys(one["name"] for each in rows for one in each.listings))
    said = [_("The lists were searched.")]
    if alike:
        hits = _("Names alike; a hit is a question, never a verdict:")
        said.append(f"{hits} {clauses_text(alike)}")
    if strange := [each for each in names if unheard([each])]:
        said.append(not_compared(strange))
    elif not alike and all(each.searched for each in rows):
        said.append(silence_told())
    return " ".join(said)
