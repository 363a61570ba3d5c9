"""Assessing, recognising and publishing: one person proposes, another decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Sharing, Verb, require
from undaunted.core.accounts.middleware import face
from undaunted.core.standards.actions import record_assessment
from undaunted.core.standards.queries import assessments_for
from undaunted.prisoners.registry.actions.publication import (
    ConsentMissing,
    PublicationRefused,
    propose_publication,
    publish,
    take_down,
)
from undaunted.prisoners.registry.actions.standing import (
    StatusRefused,
    decide_status,
    propose_status,
)
from undaunted.prisoners.registry.forms import AssessmentForm, PublicationForm, StatusForm
from undaunted.prisoners.registry.forms.standing import STATUSES
from undaunted.prisoners.registry.pages.desk_cases import packs_in_force
from undaunted.prisoners.registry.pages.desk_frame import actor_of, found, posted, shown
from undaunted.prisoners.registry.queries.records import (
    case_file,
    publications_for,
    waiting_proposals,
)
from undaunted.prisoners.registry.rules.statuses import (
    RecognitionStatus,
    StatusReason,
    next_statuses,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.standards.rules import Pack
    from undaunted.prisoners.registry.queries.records import CaseFile

__all__ = [
    "assess",
    "decide",
    "propose",
    "propose_public",
    "publication_queue",
    "publish_case",
    "recognition_queue",
    "take_case_down",
]

REFUSALS = {
    StatusReason.NO_SUCH_STEP: gettext_lazy("This status cannot follow the one in force."),
    StatusReason.REASON_MISSING: gettext_lazy("Give the reasons."),
    StatusReason.RESULT_UNCLEAR: gettext_lazy(
        "The assessment does not decide yet. Assess the case under this standard first."
    ),
    StatusReason.RESULT_CONTRADICTS: gettext_lazy("The outcome of the assessment says otherwise."),
    StatusReason.SECOND_PERSON_MISSING: gettext_lazy("A second person must decide."),
    StatusReason.SAME_PERSON: gettext_lazy("Somebody other than the proposer decides."),
    StatusReason.END_MISSING: gettext_lazy(
        "Give the day on which recognition ended: until then the person counts."
    ),
}


@face("desk")
@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, party: UUID, standard: str) -> HttpResponse:
    """Record what was found, criterion by criterion; the outcome is computed."""
    actor, file = _case(request, party, Verb.ASSESS)
    pack = _pack(standard)
    form = AssessmentForm(posted(request), pack=pack)
    if request.method == "POST" and form.is_valid():
        record_assessment(
            "person",
            file.party.pk,
            actor=actor,
            at=timezone.now(),
            holder=file.party.holder,
            pack=pack.id,
            findings=form.findings(),
            public_reasons=form.public_reasons(),
            sharing=Sharing(file.party.sharing),
        )
        messages.success(request, _("The assessment has been recorded."))
        return _back(file, "assessments")
    return shown(request, "assess", form=form, pack=pack, **_place(file))


@face("desk")
@require_safe
def recognition_queue(request: HttpRequest) -> HttpResponse:
    """Show the proposed statuses that wait for a second person."""
    actor = actor_of(request)
    waiting = [
        {
            "party": one.party_id,
            "name": _name(one.party),
            "what": f"{STATUSES[RecognitionStatus(one.status)]} · {one.standard}",
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
    actor, file = _case(request, party, Verb.PROPOSE_RECOGNITION)
    pack = _pack(standard)
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
            form.add_error(field, str(REFUSALS.get(refusal.reason, refusal.reason)))
        else:
            messages.success(request, _("The status has been proposed."))
            return _back(file, "recognition")
    heading = _("Propose a status under %(standard)s") % {"standard": pack.title}
    return _form(request, file, form, heading)


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
        messages.error(request, str(REFUSALS.get(refusal.reason, refusal.reason)))
    else:
        messages.success(request, _("The decision has been recorded."))
    return _back(file, "recognition")


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
    actor, file = _case(request, party, Verb.PROPOSE_PUBLICATION)
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
            return _back(file, "publication")
    return _form(request, file, form, _("Propose publication"))


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
    return _back(file, "publication")


@face("desk")
@require_POST
def take_case_down(request: HttpRequest, party: UUID) -> HttpResponse:
    """Take a case out of everything public."""
    actor = actor_of(request)
    file = found(case_file(actor, party))
    try:
        take_down(found(file.publication), actor=actor, at=timezone.now())
        messages.success(request, _("The case has been taken down."))
    except PublicationRefused:
        messages.error(request, _("The case was taken down before."))
    return _back(file, "publication")


def _case(request: HttpRequest, party: UUID, verb: Verb) -> tuple[Actor, CaseFile]:
    actor = actor_of(request)
    file = found(case_file(actor, party))
    require(actor, verb, Facts(holder=file.party.holder))
    return actor, file


def _pack(standard: str) -> Pack:
    pack = next((one for one in packs_in_force() if one.id == standard), None)
    if pack is None:
        raise Http404
    return pack


def _form(request: HttpRequest, file: CaseFile, form: Any, heading: str) -> HttpResponse:  # noqa: ANN401
    values = {"form": form, "heading": heading, "submit": _("Propose"), **_place(file)}
    return shown(request, "form", **values)


def _place(file: CaseFile) -> dict[str, str]:
    return {
        "back_label": file.names[0].text if file.names else _("Case"),
        "back": reverse("desk:case", args=[file.party.pk]),
    }


def _back(file: CaseFile, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('desk:case', args=[file.party.pk])}#{anchor}")


def _name(party: Any) -> str:  # noqa: ANN401
    names = [name for name in party.names.all() if name.withdrawn_at is None]
    best = min(names, key=lambda name: not name.primary, default=None)
    return str(best.text) if best else "\u2013"
