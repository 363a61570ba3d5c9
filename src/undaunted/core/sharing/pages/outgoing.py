"""Packages that go out: proposed, sealed by a second person, handed over, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, decide, face
from undaunted.core.consent.rules import Purpose
from undaunted.core.sharing.actions import (
    decline_parcel,
    hand_over_copy,
    hand_over_takedown,
    propose_parcel,
    seal_parcel,
)
from undaunted.core.sharing.forms import PURPOSES, STATES, PackageForm
from undaunted.core.sharing.pages.answers import (
    actor_of,
    asked,
    file_answer,
    found,
    open_key,
    stopped,
)
from undaunted.core.sharing.queries import copies_of, copy_for, parcel_for, slip_for
from undaunted.core.sharing.rules import ShareRefused, scheme
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.models import Parcel

__all__ = ["copy_file", "decline", "new_package", "package", "seal", "takedown_file"]


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_package(request: HttpRequest) -> HttpResponse:
    """Propose a package."""
    actor = actor_of(request)
    form = PackageForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_parcel(form.holder, form.wanted(), actor=actor, at=timezone.now())
        except ShareRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("sharing:package", made.pk)
    lead = _(
        "Each thing is asked about in consent for each recipient, now and again when a second "
        "person seals it. Circles are written out: an empty one is nobody."
    )
    return asked(request, form, heading=_("New package"), lead=lead, button=_("Propose"))


@face("desk")
@require_safe
def package(request: HttpRequest, parcel: UUID) -> HttpResponse:
    """Show a package with its marking, its things and its recipients."""
    actor = actor_of(request)
    held = found(parcel_for(actor, parcel))
    shown = {
        "parcel": held,
        "state": STATES[held.state],
        "purpose": PURPOSES[Purpose(held.purpose)],
        "tlp": scheme("tlp").markings[held.tlp],
        "pap": scheme("pap").markings[held.pap],
        "schemes": (scheme("tlp"), scheme("pap")),
        "copies": copies_of(actor, held),
        "may_seal": _may_seal(held, actor),
        "may_decline": held.state == "proposed"
        and decide(actor, Verb.SHARE, Facts(holder=held.holder)).allowed,
        "key_open": open_key(request) is not None,
    }
    return TemplateResponse(request, "sharing/package.html", shown)


@face("desk")
@require_POST
def seal(request: HttpRequest, parcel: UUID) -> HttpResponse:
    """Seal a package as the second person."""
    actor = actor_of(request)
    held = found(parcel_for(actor, parcel))
    key = open_key(request)
    if key is None:
        return redirect("vault:vault")
    try:
        seal_parcel(held, key=key, actor=actor, at=timezone.now())
    except (ShareRefused, VaultError) as refusal:
        return stopped(request, refusal, reverse("sharing:package", args=[parcel]))
    return redirect("sharing:package", parcel)


@face("desk")
@require_POST
def decline(request: HttpRequest, parcel: UUID) -> HttpResponse:
    """Turn a proposed package down."""
    actor = actor_of(request)
    held = found(parcel_for(actor, parcel))
    try:
        decline_parcel(held, actor=actor, at=timezone.now())
    except ShareRefused as refusal:
        return stopped(request, refusal, reverse("sharing:package", args=[parcel]))
    return redirect("sharing:package", parcel)


@face("desk")
@require_POST
def copy_file(request: HttpRequest, copy: UUID) -> HttpResponse:
    """Give the file for one recipient to save."""
    actor = actor_of(request)
    held = found(copy_for(actor, copy))
    try:
        content = hand_over_copy(held, actor=actor, at=timezone.now())
    except ShareRefused as refusal:
        return stopped(request, refusal, reverse("sharing:package", args=[held.parcel_id]))
    return file_answer(content, f"package-{str(held.pk)[:8]}")


@face("desk")
@require_POST
def takedown_file(request: HttpRequest, slip: UUID) -> HttpResponse:
    """Give the file of a takedown to save."""
    actor = actor_of(request)
    held = found(slip_for(actor, slip))
    content = hand_over_takedown(held, actor=actor, at=timezone.now())
    return file_answer(content, f"takedown-{str(held.pk)[:8]}")


def _may_seal(parcel: Parcel, actor: Actor) -> bool:
    hands = frozenset({parcel.proposed_by})
    facts = Facts(holder=parcel.holder, earlier_hands=hands)
    return parcel.state == "proposed" and decide(actor, Verb.SEAL_SHARE, facts).allowed
