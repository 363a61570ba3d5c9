"""Assessing a case under a standard, and dissenting from an assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undaunted.core.access.rules import Sharing, Verb
from undaunted.core.accounts.middleware import face
from undaunted.core.standards.actions import record_assessment, record_dissent
from undaunted.core.standards.queries import assessment_for
from undaunted.prisoners.registry.forms import AssessmentForm, DissentForm
from undaunted.prisoners.registry.pages.desk_cases import packs_in_force
from undaunted.prisoners.registry.pages.desk_frame import found, posted
from undaunted.prisoners.registry.pages.desk_steps import back_to, case_for, shown_form

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.standards.rules import Pack

__all__ = ["assess", "dissent", "pack_in_force"]


@face("desk")
@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, party: UUID, standard: str) -> HttpResponse:
    """Record what was found, criterion by criterion; the outcome is computed."""
    actor, file = case_for(request, party, Verb.ASSESS)
    pack = pack_in_force(standard)
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
        return back_to(file, "assessments")
    return shown_form(
        request, file, form, pack.title, pack=pack, anchor="assessments", template="assess"
    )


@face("desk")
@require_http_methods(["GET", "POST"])
def dissent(request: HttpRequest, party: UUID, assessment: UUID) -> HttpResponse:
    """Record that somebody reads the same facts otherwise, and why."""
    actor, file = case_for(request, party, Verb.ASSESS)
    held = found(assessment_for(actor, assessment))
    if held.subject_id not in {one.pk for one in file.members}:
        raise Http404
    form = DissentForm(posted(request))
    if request.method == "POST" and form.is_valid():
        record_dissent(held, form.cleaned_data["text"], actor=actor, at=timezone.now())
        messages.success(request, _("Your dissent stands beside the assessment."))
        return back_to(file, "assessments")
    lead = _("The assessment stays as it is; whoever recognises reads both.")
    return shown_form(request, file, form, _("Dissent"), lead=lead, anchor="assessments")


def pack_in_force(standard: str) -> Pack:
    """Give a standard that is in force today, or answer as if it did not exist."""
    pack = next((one for one in packs_in_force() if one.id == standard), None)
    if pack is None:
        raise Http404
    return pack
