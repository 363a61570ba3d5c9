"""Recording and correcting spells of deprivation of liberty, releases and confirmations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undaunted.core.access.rules import Verb
from undaunted.core.accounts.middleware import face
from undaunted.core.events.rules import ReleaseType
from undaunted.prisoners.registry.actions.records import (
    ActNotCurrent,
    correct_act,
    record_confirmation,
    record_release,
    record_spell,
)
from undaunted.prisoners.registry.forms import ConfirmationForm, ReleaseForm, SpellForm
from undaunted.prisoners.registry.pages.desk_frame import posted
from undaunted.prisoners.registry.pages.desk_steps import (
    act_of,
    back_to,
    case_for,
    claim_step,
    plain_dates,
    refused_field,
    shown_form,
)
from undaunted.prisoners.registry.rules.claims import ClaimRefused

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.queries.records import CaseFile

__all__ = ["confirm", "correct_spell", "correction_step", "new_spell", "release"]


@face("desk")
@require_http_methods(["GET", "POST"])
def new_spell(request: HttpRequest, party: UUID) -> HttpResponse:
    """Record a spell of deprivation of liberty."""
    actor, file = case_for(request, party, Verb.RECORD)
    form = SpellForm(posted(request), initial={"country": file.party.country})

    def act(values: dict[str, Any], sources: Any, at: datetime) -> object:  # noqa: ANN401
        kind, start, end = values.pop("type"), values.pop("start"), values.pop("end")
        return record_spell(
            file.party, kind, start, actor=actor, at=at, sources=sources, end=end, **values
        )

    return claim_step(request, file, form, act, _("Record a spell"))


@face("desk")
@require_http_methods(["GET", "POST"])
def correct_spell(request: HttpRequest, party: UUID, claim: UUID) -> HttpResponse:
    """Correct a spell; what it said before stays as history."""
    actor, file = case_for(request, party, Verb.RECORD)
    spell = act_of(actor, file, claim)
    initial = {name: getattr(spell, name) for name in SpellForm.base_fields}
    form = SpellForm(posted(request), initial=initial)
    return correction_step(request, actor, file, spell, form, _("Correct the spell"))


@face("desk")
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, party: UUID, claim: UUID) -> HttpResponse:
    """Record how and when a spell ended."""
    actor, file = case_for(request, party, Verb.RECORD)
    spell = act_of(actor, file, claim)

    def act(values: dict[str, Any], sources: Any, at: datetime) -> object:  # noqa: ANN401
        way = ReleaseType(values["release_type"])
        return record_release(spell, way, values["on"], actor=actor, at=at, sources=sources)

    form = ReleaseForm(posted(request))
    return claim_step(request, file, form, act, _("Record release"))


@face("desk")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, party: UUID, claim: UUID) -> HttpResponse:
    """Record a day on which the person was confirmed held."""
    actor, file = case_for(request, party, Verb.RECORD)
    spell = act_of(actor, file, claim)

    def act(values: dict[str, Any], sources: Any, at: datetime) -> object:  # noqa: ANN401
        return record_confirmation(spell, values["on"], actor=actor, at=at, sources=sources)

    form = ConfirmationForm(posted(request))
    return claim_step(request, file, form, act, _("Confirm held"))


def correction_step(  # noqa: PLR0913, PLR0917 - what is corrected, by whom, from which form
    request: HttpRequest,
    actor: Actor,
    file: CaseFile,
    act: Any,  # noqa: ANN401 - a row of the ledger
    form: forms.Form,
    heading: str,
    *,
    anchor: str = "spells",
) -> HttpResponse:
    """Correct an act of any family from a form with its type, its dates and its details."""
    lead = _("What it says now stays as history. Sources are added on the page of the claim.")
    if request.method != "POST" or not form.is_valid():
        return shown_form(request, file, form, heading, lead=lead, anchor=anchor)
    values = plain_dates(form.cleaned_data)
    kind, start, end = values.pop("type"), values.pop("start"), values.pop("end", None)
    try:
        correct_act(
            act,
            actor=actor,
            at=timezone.now(),
            type_=kind if kind != act.type else "",
            start=start,
            end=end,
            reopen=bool(act.end) and end is None and "end" in form.fields,
            **values,
        )
    except ActNotCurrent:
        messages.error(request, _("Somebody corrected this at the same time. Look again."))
    except ClaimRefused as refusal:
        refused_field(form, refusal)
        return shown_form(request, file, form, heading, lead=lead, anchor=anchor)
    else:
        messages.success(request, _("The correction has been recorded."))
    return back_to(file, anchor)
