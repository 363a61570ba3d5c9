"""The landing page of the desk: what waits in every area for who looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import resolve_url
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from undaunted.briefings.queries import deadlines_of, to_answer_for, to_confirm_for
from undaunted.core.access.rules import Verb, actor_of
from undaunted.core.accounts.middleware import face
from undaunted.prisoners.registry.pages.desk_frame import frame_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["desk"]

ROOMS = {
    "screening": (_("Investment screening"), "screening:board"),
    "proceedings": (_("Proceedings against coercion"), "instruments-desk:board"),
    "compacts": (_("Compacts and responses"), "response-desk:board"),
    "coordination": (_("Coordination of sanctions"), "coordination-desk:board"),
    "dossiers": (_("Sanctions dossiers"), "dossiers:board"),
    "commitments": (_("Commitments"), "commitments-desk:board"),
    "practices": (_("Practices"), "practices-desk:board"),
    "matching": (_("Who is whom on lists"), "matching:queue"),
}
"""By what `to_confirm_for` counts: the name of the room, and its page."""


@face("desk")
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits; pairs to compare are worked out on their own page, for it takes a while."""
    actor, now = actor_of(request), timezone.now()
    waiting = to_confirm_for(actor, now)
    overdue, passed, soon = deadlines_of(actor, now)
    proposals, questions, alerts = to_answer_for(actor)
    dues = [
        (_("Overdue"), overdue, resolve_url("clocks:board")),
        (_("Past the normal time"), passed, resolve_url("clocks:board")),
        (_("Within 30 days"), soon, resolve_url("clocks:board")),
    ]
    answers = [
        (_("Proposals that wait"), proposals, resolve_url("coordination-desk:board")),
        (_("Questions about people in files"), questions, resolve_url("matching:questions")),
        (_("Alerts to review"), alerts, resolve_url("screening-register:alerts")),
    ]
    told = {
        "may_import": actor.can(Verb.IMPORT),
        "may_record": actor.can(Verb.RECORD),
        "may_judge": actor.can(Verb.JUDGE_MATCH),
        "to_confirm": [
            (label, waiting[room], resolve_url(page))
            for room, (label, page) in ROOMS.items()
            if waiting[room]
        ],
        "to_answer": [each for each in answers if each[1]],
        "dues": [each for each in dues if each[1]],
    }
    return TemplateResponse(request, "briefings/desk.html", frame_of(actor) | told)
