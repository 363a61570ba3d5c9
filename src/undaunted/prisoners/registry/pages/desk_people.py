"""Recording a person by hand, and what is said about somebody: names, dates, roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import Forbidden, Role, Sharing, Verb
from undaunted.core.accounts.middleware import face
from undaunted.core.actors.actions import LastName
from undaunted.core.evidence.actions import cite
from undaunted.core.evidence.queries import teams_to_seal_to
from undaunted.prisoners.registry.actions.names import (
    correct_name,
    record_name,
    show_name_first,
    withdraw_name,
)
from undaunted.prisoners.registry.actions.people import correct_person, record_person
from undaunted.prisoners.registry.forms import NameForm, NewPersonForm, PersonForm, SourceForm
from undaunted.prisoners.registry.pages.desk_frame import (
    actor_of,
    found,
    organisation_choices,
    posted,
    shown,
)
from undaunted.prisoners.registry.pages.desk_steps import (
    back_to,
    case_for,
    refused_field,
    shown_form,
    source_of,
)
from undaunted.prisoners.registry.queries.records import people_named
from undaunted.prisoners.registry.rules.claims import TeamOfAnother

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.queries.records import CaseFile

__all__ = ["correct", "correct_one_name", "new", "new_name", "show_first", "withdraw_one_name"]

MOST_ALIKE = 8


@face("desk")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Record a person with a source, once nobody recorded already is the same."""
    actor = actor_of(request)
    if not actor.can(Verb.RECORD):
        raise Forbidden("no role that records")
    holders = organisation_choices(actor, Role.DOCUMENTER, Role.STEWARD)
    form = NewPersonForm(posted(request), organisations=holders)
    teams = [team for holder, _name in holders for team in teams_to_seal_to(actor, UUID(holder))]
    source = SourceForm(posted(request), request.FILES or None, teams=teams)
    alike: list[tuple[UUID, str]] = []
    if request.method == "POST" and all([form.is_valid(), source.is_valid()]):
        alike = _alike(actor, form)
        if not alike or request.POST.get("none_of_these"):
            try:
                with transaction.atomic():
                    return _recorded(request, form, source)
            except TeamOfAnother as refusal:
                refused_field(source, refusal)
    return shown(
        request,
        "form",
        form=form,
        source=source,
        alike=alike,
        heading=_("Record a person"),
        lead=_("With the names as they are written, in any script, and a source for the record."),
        submit=_("Record the person"),
        back_label=_("Cases"),
        back=reverse("desk:cases"),
    )


@face("desk")
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, party: UUID) -> HttpResponse:
    """Correct what is said about a person beside names."""
    actor, file = case_for(request, party, Verb.RECORD)
    held: Any = file.party
    nations = [*held.nationalities, "", ""]
    form = PersonForm(
        posted(request),
        initial={
            **{name: getattr(held, name) for name in ("birth", "death", "gender", "country")},
            "nationality": nations[0],
            "second_nationality": nations[1],
            "roles": held.roles,
        },
    )
    if request.method == "POST" and form.is_valid():
        correct_person(file.party, actor=actor, at=timezone.now(), **form.details())
        messages.success(request, _("The correction has been recorded."))
        return back_to(file, "person")
    return shown_form(request, file, form, _("Correct the person"), anchor="person")


@face("desk")
@require_http_methods(["GET", "POST"])
def new_name(request: HttpRequest, party: UUID) -> HttpResponse:
    """Record one more name."""
    actor, file = case_for(request, party, Verb.RECORD)
    form = NameForm(posted(request))
    if request.method == "POST" and form.is_valid():
        record_name(file.party, actor=actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The name has been recorded."))
        return back_to(file, "names")
    return shown_form(request, file, form, _("Record a name"), anchor="names")


@face("desk")
@require_http_methods(["GET", "POST"])
def correct_one_name(request: HttpRequest, party: UUID, name: UUID) -> HttpResponse:
    """Put a corrected name in the place of a wrong one."""
    actor, file = case_for(request, party, Verb.RECORD)
    held = _name(file, name)
    initial = {"text": held.text, "kind": held.kind, "language": held.language}
    form = NameForm(posted(request), initial=initial)
    del form.fields["first"]
    if request.method == "POST" and form.is_valid():
        correct_name(held, actor=actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The correction has been recorded."))
        return back_to(file, "names")
    return shown_form(request, file, form, _("Correct a name"), anchor="names")


@face("desk")
@require_http_methods(["GET", "POST"])
def withdraw_one_name(request: HttpRequest, party: UUID, name: UUID) -> HttpResponse:
    """Withdraw a name that was wrong."""
    actor, file = case_for(request, party, Verb.RECORD)
    held = _name(file, name)
    form = forms.Form(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_name(held, actor=actor, at=timezone.now())
        except LastName:
            told = _("It is the only name of this record. Correct it, or record another first.")
            form.add_error(None, told)
        else:
            messages.success(request, _("The name has been withdrawn."))
            return back_to(file, "names")
    return shown_form(
        request,
        file,
        form,
        _("Withdraw a name"),
        lead=_("It is no longer searched or shown. History keeps it."),
        facts=((_("Name"), held.text),),
        submit=_("Withdraw"),
        danger=True,
        anchor="names",
    )


@face("desk")
@require_POST
def show_first(request: HttpRequest, party: UUID, name: UUID) -> HttpResponse:
    """Make a name the one that is shown."""
    actor, file = case_for(request, party, Verb.RECORD)
    show_name_first(_name(file, name), actor=actor, at=timezone.now())
    messages.success(request, _("This name is shown first from now on."))
    return back_to(file, "names")


def _alike(actor: Actor, form: NewPersonForm) -> list[tuple[UUID, str]]:
    hits: dict[UUID, str] = {}
    for text, _kind, _language in form.names():
        hits |= dict(people_named(actor, text, most=MOST_ALIKE))
    return list(hits.items())[:MOST_ALIKE]


def _recorded(request: HttpRequest, form: NewPersonForm, source: SourceForm) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    party = record_person(
        UUID(form.cleaned_data["holder"]),
        form.names(),
        actor=actor,
        at=at,
        sharing=Sharing(form.cleaned_data["sharing"]),
        **form.details(),
    )
    cited, grade = source_of(request, party, source, at)
    cite(cited, actor=actor, at=at, subject_kind="party", subject_id=party.pk, grade=grade)
    messages.success(request, _("The person has been recorded. Record what was done to them next."))
    return redirect("desk:case", party.pk)


def _name(file: CaseFile, name: UUID) -> Any:  # noqa: ANN401 - a row of the names
    return found(next((one for one in file.names if one.pk == name), None))
