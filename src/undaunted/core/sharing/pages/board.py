"""The board: what waits to be sealed, reviewed, sent back; and an organisation's own keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undaunted.core.access.rules import face
from undaunted.core.sharing.actions import make_own_keys
from undaunted.core.sharing.forms import STATES, WHY, KeysForm
from undaunted.core.sharing.pages.answers import actor_of, asked
from undaunted.core.sharing.queries import (
    arrivals_for,
    key_pairs_for,
    parcels_for,
    slips_outstanding,
    taken_back_for,
)
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["board", "keys"]

SHOWN = 100


@face("desk")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show what was proposed, what arrived, and which takedowns are not confirmed."""
    actor = actor_of(request)
    shown = {
        "own": key_pairs_for(actor).filter(retired_at__isnull=True),
        "parcels": [(row, STATES[row.state]) for row in parcels_for(actor)[:SHOWN]],
        "arrivals": arrivals_for(actor)[:SHOWN],
        "slips": [(row, WHY.get(row.why, row.why)) for row in slips_outstanding(actor)[:SHOWN]],
        "taken": taken_back_for(actor)[:SHOWN],
    }
    return TemplateResponse(request, "sharing/board.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """Make the keys by which an organisation signs and receives."""
    actor = actor_of(request)
    form = KeysForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            make_own_keys(
                form.holder, told["team"].pk, told["name"], actor=actor, at=timezone.now()
            )
        except VaultError as refusal:
            form.add_error("team", str(refusal))
        else:
            return redirect("sharing:board")
    lead = _(
        "Members of the team sign and receive for your organisation. New keys retire the earlier "
        "ones: every partner must compare the new fingerprint."
    )
    return asked(request, form, heading=_("Keys for sharing"), lead=lead, button=_("Make keys"))
