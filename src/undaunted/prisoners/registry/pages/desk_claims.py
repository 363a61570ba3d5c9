"""Charges, acts of civil death, and the page of a single claim: its sources and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undaunted.core.access.rules import Verb
from undaunted.core.accounts.middleware import face
from undaunted.core.events.rules import ActFamily
from undaunted.prisoners.registry.actions.records import (
    ActNotCurrent,
    record_act,
    record_civil_death,
    withdraw_act,
)
from undaunted.prisoners.registry.forms import ChargeForm, CivilDeathForm
from undaunted.prisoners.registry.pages.desk_act_view import act_view, claim_versions
from undaunted.prisoners.registry.pages.desk_frame import actor_of, allowed, found, posted, shown
from undaunted.prisoners.registry.pages.desk_records import correction_step
from undaunted.prisoners.registry.pages.desk_steps import (
    act_of,
    back_to,
    case_for,
    claim_step,
    shown_form,
)
from undaunted.prisoners.registry.queries.records import case_file, history_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

__all__ = ["claim", "correct_claim", "new_charge", "new_civil_death", "withdraw_claim"]

FORMS: dict[str, type[forms.Form]] = {
    ActFamily.CHARGE.value: ChargeForm,
    ActFamily.CIVIL_DEATH.value: CivilDeathForm,
}
CORRECTED = {*FORMS, ActFamily.DEPRIVATION_OF_LIBERTY.value}
SECTIONS = {ActFamily.CIVIL_DEATH.value: "civil-death"}


@face("desk")
@require_http_methods(["GET", "POST"])
def new_charge(request: HttpRequest, party: UUID, claim: UUID) -> HttpResponse:
    """Record what somebody is charged with in a spell."""
    actor, file = case_for(request, party, Verb.RECORD)
    spell = act_of(actor, file, claim)

    def act(values: dict[str, Any], sources: Any, at: datetime) -> object:  # noqa: ANN401
        kind, start = values.pop("type"), values.pop("start")
        return record_act(
            spell.victim,
            ActFamily.CHARGE,
            kind,
            actor=actor,
            at=at,
            sources=sources,
            start=start,
            inside=spell,
            **values,
        )

    return claim_step(request, file, ChargeForm(posted(request)), act, _("Record a charge"))


@face("desk")
@require_http_methods(["GET", "POST"])
def new_civil_death(request: HttpRequest, party: UUID) -> HttpResponse:
    """Record a visa ban, an asset freeze, a passport denied and their like."""
    actor, file = case_for(request, party, Verb.RECORD)
    form = CivilDeathForm(posted(request), initial={"country": file.party.country})

    def act(values: dict[str, Any], sources: Any, at: datetime) -> object:  # noqa: ANN401
        kind, start, end = values.pop("type"), values.pop("start"), values.pop("end")
        return record_civil_death(
            file.party, kind, start, actor=actor, at=at, sources=sources, end=end, **values
        )

    heading = _("Record an act of civil death")
    return claim_step(request, file, form, act, heading, anchor="civil-death")


@face("desk")
@require_http_methods(["GET", "POST"])
def correct_claim(request: HttpRequest, party: UUID, claim: UUID) -> HttpResponse:
    """Correct a charge or an act of civil death; a spell has a form of its own."""
    actor, file = case_for(request, party, Verb.RECORD)
    act = act_of(actor, file, claim)
    if act.category == ActFamily.DEPRIVATION_OF_LIBERTY.value:
        return redirect("desk:spell_correct", file.party.pk, claim)
    made = found(FORMS.get(act.category))
    initial = {name: getattr(act, name) for name in made.base_fields}
    form = made(posted(request), initial=initial)
    anchor = SECTIONS.get(act.category, "spells")
    return correction_step(request, actor, file, act, form, _("Correct"), anchor=anchor)


@face("desk")
@require_http_methods(["GET", "POST"])
def withdraw_claim(request: HttpRequest, party: UUID, claim: UUID) -> HttpResponse:
    """End a claim that was wrong from the start."""
    actor, file = case_for(request, party, Verb.RECORD)
    act = act_of(actor, file, claim)
    anchor = SECTIONS.get(act.category, "spells")
    if request.method == "POST":
        try:
            withdraw_act(act, actor=actor, at=timezone.now())
            messages.success(request, _("The claim has been withdrawn."))
        except ActNotCurrent:
            messages.error(request, _("Somebody corrected this at the same time. Look again."))
        return back_to(file, anchor)
    return shown_form(
        request,
        file,
        forms.Form(),
        _("Withdraw a claim"),
        lead=_("For what was never true. What ended is recorded as an end. History keeps both."),
        facts=act_view(actor, act, ()).facts,
        submit=_("Withdraw"),
        danger=True,
        anchor=anchor,
    )


@face("desk")
@require_safe
def claim(request: HttpRequest, party: UUID, claim: UUID) -> HttpResponse:
    """Show one claim: what it says, who says so, and what it said before."""
    actor = actor_of(request)
    file = found(case_file(actor, party))
    act = act_of(actor, file, claim)
    return shown(
        request,
        "claim",
        case=file.party,
        name=file.names[0] if file.names else None,
        act=act_view(actor, act, file.cited(act)),
        versions=claim_versions(history_of(actor, act.claim)),
        may_record=allowed(actor, Verb.RECORD, act.holder),
        may_correct=act.category in CORRECTED,
    )
