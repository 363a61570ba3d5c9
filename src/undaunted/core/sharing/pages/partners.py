"""Partners and circles: recorded, verified by a second person, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, decide, face
from undaunted.core.sharing.actions import (
    end_partner,
    join_circle,
    leave_circle,
    make_circle,
    record_partner,
    verify_partner,
)
from undaunted.core.sharing.forms import (
    PARTNER_KINDS,
    CircleForm,
    FingerprintForm,
    JoinForm,
    PartnerForm,
)
from undaunted.core.sharing.pages.answers import actor_of, asked, found, stopped
from undaunted.core.sharing.queries import circle_for, circles_for, partner_for, partners_for
from undaunted.core.sharing.rules import PartnerKind, ShareRefused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.models import Partner

__all__ = [
    "circle_page",
    "leave",
    "new_circle",
    "new_partner",
    "partner_page",
    "partners",
    "stop_partner",
]


@face("desk")
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """List partners and circles."""
    actor = actor_of(request)
    rows = [(row, PARTNER_KINDS[PartnerKind(row.kind)]) for row in partners_for(actor)]
    shown = {"partners": rows, "circles": circles_for(actor)}
    return TemplateResponse(request, "sharing/partners.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_partner(request: HttpRequest) -> HttpResponse:
    """Record a partner."""
    actor = actor_of(request)
    form = PartnerForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "holder"}
        told["kind"] = PartnerKind(told["kind"])
        try:
            made = record_partner(form.holder, actor=actor, at=timezone.now(), **told)
        except ShareRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("sharing:partner", made.pk)
    lead = _(
        "The partner gives you both keys. Nothing goes to it before a second person of yours has "
        "compared its fingerprint by another way."
    )
    return asked(request, form, heading=_("New partner"), lead=lead, button=_("Record"))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def partner_page(request: HttpRequest, partner: UUID) -> HttpResponse:
    """Show a partner; a second person confirms its fingerprint."""
    actor = actor_of(request)
    held = found(partner_for(actor, partner))
    form = FingerprintForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            verify_partner(held, form.cleaned_data["fingerprint"], actor=actor, at=timezone.now())
        except ShareRefused as refusal:
            form.add_error("fingerprint", str(refusal))
        else:
            return redirect("sharing:partner", held.pk)
    shown = {
        "partner": held,
        "kind": PARTNER_KINDS[PartnerKind(held.kind)],
        "form": form,
        "may_verify": _may_verify(held, actor),
        "may_end": decide(actor, Verb.RECORD_PARTNER, Facts(holder=held.holder)).allowed,
    }
    return TemplateResponse(request, "sharing/partner.html", shown)


@face("desk")
@require_POST
def stop_partner(request: HttpRequest, partner: UUID) -> HttpResponse:
    """Share with a partner no more."""
    actor = actor_of(request)
    held = found(partner_for(actor, partner))
    try:
        end_partner(held, actor=actor, at=timezone.now())
    except ShareRefused as refusal:
        return stopped(request, refusal, reverse("sharing:partner", args=[partner]))
    return redirect("sharing:partner", partner)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_circle(request: HttpRequest) -> HttpResponse:
    """Name a circle."""
    actor = actor_of(request)
    form = CircleForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_circle(
                form.holder, form.cleaned_data["name"], actor=actor, at=timezone.now()
            )
        except ShareRefused as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("sharing:circle", made.pk)
    lead = _("As long as nobody is in it, a circle is nobody: nothing can be shared with it.")
    return asked(request, form, heading=_("New circle"), lead=lead, button=_("Make the circle"))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def circle_page(request: HttpRequest, circle: UUID) -> HttpResponse:
    """Show who is in a circle, and put somebody in."""
    actor = actor_of(request)
    held = found(circle_for(actor, circle))
    sent = request.POST if request.method == "POST" else None
    form = JoinForm(sent, actor=actor, holder=held.holder)
    if request.method == "POST" and form.is_valid():
        join_circle(held, form.cleaned_data["partner"], actor=actor, at=timezone.now())
        return redirect("sharing:circle", held.pk)
    return TemplateResponse(request, "sharing/circle.html", {"circle": held, "form": form})


@face("desk")
@require_POST
def leave(request: HttpRequest, circle: UUID) -> HttpResponse:
    """Take somebody out of a circle."""
    actor = actor_of(request)
    held = found(circle_for(actor, circle))
    form = JoinForm(request.POST, actor=actor, holder=held.holder)
    if form.is_valid():
        leave_circle(held, form.cleaned_data["partner"], actor=actor, at=timezone.now())
    return redirect("sharing:circle", held.pk)


def _may_verify(partner: Partner, actor: Actor) -> bool:
    hands = frozenset({partner.recorded_by})
    facts = Facts(holder=partner.holder, earlier_hands=hands)
    waits = partner.verified_by is None and partner.ended_at is None
    return waits and decide(actor, Verb.VERIFY_PARTNER, facts).allowed
