"""Ending an embargo, and taking a case down with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import Verb
from undaunted.core.accounts.middleware import face
from undaunted.prisoners.registry.actions.publication import PublicationRefused, release_embargo
from undaunted.prisoners.registry.actions.taking_down import take_down_for
from undaunted.prisoners.registry.forms import TakeDownForm
from undaunted.prisoners.registry.pages.desk_frame import actor_of, found, posted
from undaunted.prisoners.registry.pages.desk_steps import back_to, case_for, shown_form
from undaunted.prisoners.registry.queries.records import case_file
from undaunted.prisoners.registry.rules.take_downs import TakeDownReason

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

__all__ = ["end_embargo", "take_case_down"]


@face("desk")
@require_POST
def end_embargo(request: HttpRequest, party: UUID) -> HttpResponse:
    """Let a published case appear before its embargo has run out."""
    actor = actor_of(request)
    file = found(case_file(actor, party))
    try:
        release_embargo(found(file.publication), actor=actor, at=timezone.now())
        messages.success(request, _("The embargo has ended; the case is public."))
    except PublicationRefused:
        messages.error(request, _("There is no embargo to end."))
    return back_to(file, "publication")


@face("desk")
@require_http_methods(["GET", "POST"])
def take_case_down(request: HttpRequest, party: UUID) -> HttpResponse:
    """Take a case out of everything public, at once."""
    actor, file = case_for(request, party, Verb.TAKE_DOWN)
    gate = found(file.publication)
    form = TakeDownForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        return shown_form(
            request,
            file,
            form,
            _("Take the case down"),
            lead=_(
                "It leaves the pages, the search, the counts and the downloads at once. Its address"
                " says only that a case was taken down, and when."
            ),
            submit=_("Take down"),
            danger=True,
            anchor="publication",
        )
    reason = TakeDownReason(form.cleaned_data["reason"])
    try:
        take_down_for(gate, reason, actor=actor, at=timezone.now())
        messages.success(request, _("The case has been taken down."))
    except PublicationRefused:
        messages.error(request, _("The case was taken down before."))
    return back_to(file, "publication")
