"""Recognising and publishing: one person proposes, another decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Verb
from undaunted.core.accounts.middleware import face
from undaunted.core.standards.queries import assessments_for
from undaunted.prisoners.registry.actions.publication import (
    ConsentMissing,
    PublicationRefused,
    propose_publication,
    publish,
)
from undaunted.prisoners.registry.actions.standing import (
    StatusRefused,
    decide_status,
    propose_status,
)
from undaunted.prisoners.registry.forms import PublicationForm, StatusForm
from undaunted.prisoners.registry.forms.standing import STATUSES
from undaunted.prisoners.registry.pages.desk_assessing import pack_in_force
from undaunted.prisoners.registry.pages.desk_frame import (
    actor_of,
    first_name,
    found,
    posted,
    shown,
)
from undaunted.prisoners.registry.pages.desk_steps import back_to, case_for, shown_form
from undaunted.prisoners.registry.queries.records import (
    case_file,
    publications_for,
    waiting_proposals,
)
from undaunted.prisoners.registry.rules.statuses import (
    REFUSALS,
    RecognitionStatus,
    StatusReason,
    next_statuses,
)
from undaunted.prisoners.registry.templatetags.registry import standard_label

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

__all__ = [
    "decide",
    "propose",
    "propose_public",
    "publication_queue",
    "publish_case",
    "recognition_queue",
]


@face("desk")
@require_safe
def recognition_queue(request: HttpRequest) -> HttpResponse:
    """Show the proposed statuses that wait for a second person."""
    actor = actor_of(request)
    waiting = [
        {
            "party": one.party_id,
            "name": _name(one.party),
            "what": f"{STATUSES[RecognitionStatus(one.status)]} · {standard_label(one.standard)}",
            "at": one.proposed_at,
            "own": one.proposed_by == actor.id,
        }
        for one in waiting_proposals(actor).prefetch_related("party__names")[:200]
    ]
    return shown(
        request,
        "queue",
        heading=_("Recognition to decide"),
        lead=_("One person proposes a status, another decides."),
        waiting=waiting,
        anchor="recognition",
    )


@face("desk")
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, party: UUID, standard: str) -> HttpResponse:
    """Propose a status under one standard, resting on the newest assessment."""
    actor, file = case_for(request, party, Verb.PROPOSE_RECOGNITION)
    pack = pack_in_force(standard)
    held = [one for one in file.recognitions if one.standard == pack.id]
    current = RecognitionStatus(held[0].status) if held else RecognitionStatus.CANDIDATE
    offered = next_statuses(current)
    if not held:
        offered = (RecognitionStatus.CANDIDATE, *offered)
    form = StatusForm(posted(request), statuses=offered)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        status = RecognitionStatus(values.pop("status"))
        newest = assessments_for(actor, "person", [file.party.pk], pack=pack.id).first()
        try:
            propose_status(
                file.party,
                status,
                actor=actor,
                at=timezone.now(),
                standard=pack.id,
                assessment=newest.pk if newest else None,
                **values,
            )
        except StatusRefused as refusal:
            field = "effective_to" if refusal.reason is StatusReason.END_MISSING else None
            form.add_error(field, _(REFUSALS[refusal.reason]))
        else:
            messages.success(request, _("The status has been proposed."))
            return back_to(file, "recognition")
    heading = _("Propose a status under %(standard)s") % {"standard": pack.title}
    return shown_form(request, file, form, heading, submit=_("Propose"), anchor="recognition")


@face("desk")
@require_POST
def decide(request: HttpRequest, party: UUID, proposal: UUID) -> HttpResponse:
    """Confirm or refuse what somebody else proposed."""
    actor = actor_of(request)
    file = found(case_file(actor, party))
    held = found(waiting_proposals(actor).filter(pk=proposal, party=file.party).first())
    accept = request.POST.get("answer") == "accepted"
    try:
        decide_status(held, accept=accept, actor=actor, at=timezone.now())
    except StatusRefused as refusal:
        messages.error(request, _(REFUSALS[refusal.reason]))
    else:
        messages.success(request, _("The decision has been recorded."))
    return back_to(file, "recognition")


@face("desk")
@require_safe
def publication_queue(request: HttpRequest) -> HttpResponse:
    """Show the cases that wait to be published by a second person."""
    actor = actor_of(request)
    rows = publications_for(actor, state="proposed").prefetch_related("party__names")
    waiting = [
        {
            "party": one.party_id,
            "name": _name(one.party),
            "what": _("To be published"),
            "at": one.proposed_at,
            "own": one.proposed_by == actor.id,
        }
        for one in rows[:200]
    ]
    return shown(
        request,
        "queue",
        heading=_("Cases to publish"),
        lead=_("One person proposes a case, another publishes it."),
        waiting=waiting,
        anchor="publication",
    )


@face("desk")
@require_http_methods(["GET", "POST"])
def propose_public(request: HttpRequest, party: UUID) -> HttpResponse:
    """Propose that a case becomes public, at once or after an embargo."""
    actor, file = case_for(request, party, Verb.PROPOSE_PUBLICATION)
    form = PublicationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        embargo = form.cleaned_data["embargo_until"]
        try:
            propose_publication(file.party, actor=actor, at=timezone.now(), embargo_until=embargo)
        except ConsentMissing:
            told = _("No agreement covers the public registry. Record consent first.")
            form.add_error(None, told)
        except PublicationRefused:
            form.add_error(None, _("The case is proposed or published already."))
        else:
            messages.success(request, _("The case has been proposed for publication."))
            return back_to(file, "publication")
    heading = _("Propose publication")
    return shown_form(request, file, form, heading, submit=_("Propose"), anchor="publication")


@face("desk")
@require_POST
def publish_case(request: HttpRequest, party: UUID) -> HttpResponse:
    """Publish a case that somebody else proposed."""
    actor = actor_of(request)
    file = found(case_file(actor, party))
    try:
        publish(found(file.publication), actor=actor, at=timezone.now())
        messages.success(request, _("The case has been published."))
    except ConsentMissing:
        messages.error(request, _("No agreement covers the public registry any more."))
    except PublicationRefused:
        messages.error(request, _("The case is not waiting to be published."))
    return back_to(file, "publication")


def _name(party: Any) -> str:  # noqa: ANN401
    named = first_name(party)
    return str(named.text) if named else "\u2013"
