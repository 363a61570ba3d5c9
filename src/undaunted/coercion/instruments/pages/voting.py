"""The Council's vote at the desk: recorded member by member, and as a paper with its count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undaunted.coercion.instruments.actions import record_vote
from undaunted.coercion.instruments.analysis import MEDIA, counted_of, vote_file
from undaunted.coercion.instruments.forms import VoteForm
from undaunted.coercion.instruments.pages.answers import found, written
from undaunted.coercion.instruments.pages.desk import address_of, shut
from undaunted.coercion.instruments.queries import proceeding_for
from undaunted.coercion.instruments.rules import Part, council_figures
from undaunted.core.access.rules import actor_of, face

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

__all__ = ["paper", "vote"]


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Record what each member state did in the Council."""
    actor, now = actor_of(request), timezone.now()
    held = found(proceeding_for(actor, proceeding))
    if (answer := shut(request, held, Part.VOTE, address_of(held))) is not None:
        return answer
    stands = counted_of(actor, held)
    initial = {"on": stands.on, **stands.ballots} if stands else {}
    members = council_figures(now.date()).people
    form = VoteForm(request.POST or None, members=members, initial=initial)

    def step() -> object:
        on = form.cleaned_data["on"]
        return record_vote(held, on, form.votes(), actor=actor, at=timezone.now())

    if written(request, form, step):
        return redirect(address_of(held))
    shown = {"form": form, "proceeding": held, "title": _("Record the vote of the Council")}
    return TemplateResponse(request, "instruments/desk/form.html", shown)


@face("desk")
@require_safe
def paper(request: HttpRequest, proceeding: UUID, media: str) -> HttpResponse:
    """Give the vote with its count, for Word or as PDF."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    content = vote_file(actor, held, media) if media in MEDIA else None
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type=MEDIA[media])
    answer.headers["Content-Disposition"] = f'attachment; filename="vote.{media}"'
    return answer
