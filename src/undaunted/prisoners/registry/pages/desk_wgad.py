"""A draft for the UN Working Group on Arbitrary Detention, out of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undaunted.core.access.rules import Verb
from undaunted.core.accounts.middleware import face
from undaunted.prisoners.registry.actions.wgad import Submitter, draft_submission
from undaunted.prisoners.registry.forms.wgad import WgadForm
from undaunted.prisoners.registry.pages.desk_frame import posted
from undaunted.prisoners.registry.pages.desk_steps import case_for, shown_form
from undaunted.prisoners.registry.rules.wgad import Procedure, SubmissionRefused
from undaunted.prisoners.registry.writers.wgad import MEDIA_TYPE

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

__all__ = ["draft"]


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, party: UUID) -> HttpResponse:
    """Ask what is needed, and give the draft as a Word file."""
    actor, file = case_for(request, party, Verb.SHARE)
    form = WgadForm(posted(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = draft_submission(
                file,
                Procedure(told["procedure"]),
                language=told["language"],
                submitter=Submitter(told["submitter"], confidential=told["confidential"]),
                actor=actor,
                at=timezone.now(),
            )
        except SubmissionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            answer = HttpResponse(made.content, content_type=MEDIA_TYPE)
            answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
            return answer
    return shown_form(
        request,
        file,
        form,
        _("Draft for the UN Working Group on Arbitrary Detention"),
        lead=_(
            "Nothing is sent. The draft holds what somebody agreed that this body may have, and "
            "says what is missing. The Working Group passes it on to the government concerned."
        ),
        submit=_("Write the draft"),
        anchor="assessments",
    )
