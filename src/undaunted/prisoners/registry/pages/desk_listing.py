"""Single records and lists: proposed on the case, taken in or declined by the list's steward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import Verb
from undaunted.core.accounts.middleware import face
from undaunted.prisoners.registry.actions.listing import (
    ListingRefused,
    answer_listing,
    propose_for_list,
)
from undaunted.prisoners.registry.forms import ChooseListForm
from undaunted.prisoners.registry.pages.desk_frame import actor_of, found, posted
from undaunted.prisoners.registry.pages.desk_steps import back_to, case_for, shown_form
from undaunted.prisoners.registry.queries.lists import list_for, listing_for, lists_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

__all__ = ["answer", "propose"]


@face("desk")
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, party: UUID) -> HttpResponse:
    """Propose that a record stands in a list of its organisation."""
    actor, file = case_for(request, party, Verb.IMPORT)
    kept = {str(one.pk): one for one in lists_of(actor, file.party.holder)}
    choices = [(pk, one.name) for pk, one in kept.items()]
    form = ChooseListForm(posted(request), lists=choices)
    if request.method == "POST" and form.is_valid():
        chosen = kept[form.cleaned_data["source_list"]]
        try:
            propose_for_list(file.party, chosen, actor=actor, at=timezone.now())
        except ListingRefused:
            told = _("The record stands in this list already, or waits for its steward.")
            form.add_error("source_list", told)
        else:
            messages.success(request, _("Proposed: the steward takes it in or declines."))
            return back_to(file, "person")
    lead = _("The steward decides. What a partner sent stays here when the list is handed on.")
    heading = _("Propose for a list")
    return shown_form(request, file, form, heading, lead=lead, anchor="person", submit=_("Propose"))


@face("desk")
@require_POST
def answer(request: HttpRequest, source_list: UUID, proposal: UUID) -> HttpResponse:
    """Take a record into the list, or decline it, as its steward."""
    actor = actor_of(request)
    held, waiting = found(list_for(actor, source_list)), found(listing_for(actor, proposal))
    accept = request.POST.get("answer") == "accepted"
    try:
        answer_listing(waiting, accept=accept, actor=actor, at=timezone.now())
    except ListingRefused:
        messages.error(request, _("It was answered before. Look again."))
    return redirect(reverse("desk:list", args=[held.pk]))
