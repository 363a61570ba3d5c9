"""Lists of cases on the desk: seeing, making, handing over, exporting."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.forms import Form
from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undaunted.core.access.rules import Facts, Role, Verb, require
from undaunted.core.accounts.middleware import face
from undaunted.prisoners.registry.actions.lists import export_list, hand_over_list, record_list
from undaunted.prisoners.registry.forms import HandOverForm, ListForm
from undaunted.prisoners.registry.pages.desk_frame import (
    actor_of,
    allowed,
    first_name,
    found,
    organisation_choices,
    organisation_names,
    posted,
    shown,
)
from undaunted.prisoners.registry.queries.imports import batches_for
from undaunted.prisoners.registry.queries.lists import (
    list_for,
    listings_waiting,
    lists_for,
    mapping_for,
    mappings_for,
)

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

__all__ = ["export", "hand_over", "index", "mapping", "new", "one"]

ANOTHER = "\u2013"


@face("desk")
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Show all lists the actor may see."""
    actor = actor_of(request)
    names = organisation_names(actor)
    lists = [(each, names.get(each.holder, ANOTHER)) for each in lists_for(actor)]
    return shown(request, "lists", lists=lists, may_create=actor.can(Verb.ACCEPT_IMPORT))


@face("desk")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Make a list in an organisation whose steward the actor is."""
    actor = actor_of(request)
    form = ListForm(posted(request), organisations=organisation_choices(actor, Role.STEWARD))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        holder = UUID(values.pop("holder"))
        try:
            made = record_list(holder, actor=actor, at=timezone.now(), **values)
        except IntegrityError:
            form.add_error("slug", _("The organisation has a list of this short name already."))
        else:
            messages.success(request, _("The list has been made."))
            return redirect("desk:list", made.pk)
    return shown(
        request,
        "form",
        form=form,
        heading=_("New list"),
        submit=_("Make the list"),
        back_label=_("Lists"),
        back=reverse("desk:lists"),
    )


@face("desk")
@require_safe
def one(request: HttpRequest, source_list: UUID) -> HttpResponseBase:
    """Show one list with its mappings and imports."""
    actor = actor_of(request)
    held = found(list_for(actor, source_list))
    return shown(
        request,
        "list",
        list=held,
        steward=organisation_names(actor).get(held.holder, ANOTHER),
        mappings=mappings_for(actor, held),
        batches=batches_for(actor, held)[:50],
        waiting=[(each, first_name(each.party)) for each in listings_waiting(actor, held)],
        may_import=allowed(actor, Verb.IMPORT, held.holder),
        is_steward=allowed(actor, Verb.EXPORT_LIST, held.holder),
    )


@face("desk")
@require_safe
def mapping(request: HttpRequest, mapping_id: UUID) -> HttpResponseBase:
    """Show one version of a mapping."""
    return shown(request, "mapping", mapping=found(mapping_for(actor_of(request), mapping_id)))


@face("desk")
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, source_list: UUID) -> HttpResponseBase:
    """Give the list and all its records to another organisation."""
    actor = actor_of(request)
    held = found(list_for(actor, source_list))
    require(actor, Verb.HAND_OVER_LIST, Facts(holder=held.holder))
    others = organisation_choices(actor, Role.STEWARD)
    form = HandOverForm(
        posted(request), organisations=[each for each in others if each[0] != str(held.holder)]
    )
    if request.method == "POST" and form.is_valid():
        to = UUID(form.cleaned_data["organisation"])
        rows = hand_over_list(held, to, actor=actor, at=timezone.now())
        told = _("The list has been handed over with %(rows)s rows.") % {"rows": rows}
        messages.success(request, told)
        return redirect("desk:list", held.pk)
    return shown(
        request,
        "form",
        form=form,
        heading=_("Hand the list over"),
        lead=_("Every record of the list goes with it. You must be steward in both organisations."),
        submit=_("Hand over"),
        back_label=held.name,
        back=reverse("desk:list", args=[held.pk]),
    )


@face("desk")
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest, source_list: UUID) -> HttpResponseBase:
    """Ask, then hand out everything the list made; the audit trail says so."""
    actor = actor_of(request)
    held = found(list_for(actor, source_list))
    require(actor, Verb.EXPORT_LIST, Facts(holder=held.holder))
    if request.method != "POST":
        return shown(
            request,
            "form",
            form=Form(),
            heading=_("Full export"),
            lead=_(
                "Every record of the list with all that consent keeps from the public, its mappings"
                " and its files, as a ZIP of JSON lines. The audit trail says that you took it."
            ),
            submit=_("Download the export"),
            back_label=held.name,
            back=reverse("desk:list", args=[held.pk]),
        )
    archive = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    export_list(held, archive, actor=actor, at=timezone.now())
    archive.seek(0)
    return FileResponse(archive, as_attachment=True, filename=f"{held.slug}.zip")
